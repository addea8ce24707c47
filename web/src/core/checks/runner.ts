// Runs the checks: what does not touch each other at once, what does in turn. Tells of every result as it comes.
import { camera } from './camera';
import { environment } from './environment';
import { microphone } from './microphone';
import { path } from './path';
import { permission } from './permission';
import { recordChannel } from './record-channel';
import { signaling } from './signaling';
import { speaker } from './speaker';
import { notChecked, type Bench, type Check, type CheckName, type Result } from './types';

export interface CheckReport extends Result {
  name: CheckName;
}

/** Each line is done in order; the lines run beside each other. The sound waits for the microphone, which would hear it. */
const LINES: readonly (readonly Check[])[] = [
  [environment, permission],
  [camera],
  [microphone, speaker],
  [signaling, path, recordChannel],
];

const LONGEST_MS = 20_000;
/** A person's answer may take its time. */
const UNLIMITED: ReadonlySet<CheckName> = new Set<CheckName>(['speaker']);

export async function runChecks(bench: Bench, told: (report: CheckReport) => void): Promise<CheckReport[]> {
  const lines = LINES.map(async (checks) => {
    const reports: CheckReport[] = [];
    for (const check of checks) {
      const report = { name: check.name, ...(await runOne(check, bench)) };
      reports.push(report);
      told(report);
    }
    return reports;
  });
  return (await Promise.all(lines)).flat();
}

async function runOne(check: Check, bench: Bench): Promise<Result> {
  const run = check.run(bench).catch(() => notChecked());
  if (UNLIMITED.has(check.name)) return run;
  let late: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<Result>((resolve) => {
    late = setTimeout(() => resolve(notChecked()), LONGEST_MS);
  });
  const result = await Promise.race([run, limit]);
  clearTimeout(late);
  return result;
}
