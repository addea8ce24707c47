// Runs the checks: what does not touch each other at once, what does in turn. Tells of every result as it comes.
import { camera } from './camera';
import { environment } from './environment';
import { microphone } from './microphone';
import { NETWORK } from './network';
import { path } from './path';
import { permission } from './permission';
import { recordChannel } from './record-channel';
import { signaling } from './signaling';
import { speaker } from './speaker';
import { notChecked, type Bench, type Check, type CheckName, type Result } from './types';

export interface CheckReport extends Result {
  name: CheckName;
}

/**
 * Each line is done in order; lines run beside each other. The sound waits for the microphone, which would hear it. The internet
 * asks nobody for anything and can begin before camera and microphone are allowed.
 */
export const INTERNET: readonly (readonly Check[])[] = [[signaling], [path, ...NETWORK, recordChannel]];
export const EQUIPMENT: readonly (readonly Check[])[] = [[environment, permission], [camera], [microphone, speaker]];

const LONGEST_MS = 25_000;
/** A person's answer may take its time. */
const UNLIMITED: ReadonlySet<CheckName> = new Set<CheckName>(['speaker']);
/** What needs the gateway, or its relay, all the while; `signaling` itself says how it goes with the connection. */
const THROUGH_THE_GATEWAY: ReadonlySet<CheckName> = new Set<CheckName>(['path', 'record_channel']);
/** A phone stops camera, sound and timers of a page that is not looked at: what is measured then says nothing. */
const UNSEEN_TOO: ReadonlySet<CheckName> = new Set<CheckName>(['environment', 'permission', 'speaker']);

export async function runChecks(lines: readonly (readonly Check[])[], bench: Bench, told: (report: CheckReport) => void): Promise<void> {
  const letGo = () => {
    bench.session?.close();
    delete bench.session;
    bench.loop?.close();
    delete bench.loop;
  };
  bench.over.addEventListener('abort', letGo);
  const running = lines.map(async (checks) => {
    for (const check of checks) {
      // A check that was under way may have opened something since.
      if (bench.over.aborted) return letGo();
      told({ name: check.name, ...(await runOne(check, bench)) });
    }
  });
  await Promise.all(running);
}

async function runOne(check: Check, bench: Bench): Promise<Result> {
  const run = check.run(bench).catch(() => notChecked());
  if (UNLIMITED.has(check.name)) return run;
  let late: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<Result>((resolve) => {
    late = setTimeout(() => resolve(notChecked()), LONGEST_MS);
  });
  const hidden = watchHidden();
  const losses = bench.losses();
  const result = await Promise.race([run, limit]);
  clearTimeout(late);
  const lost = bench.losses() > losses && result.outcome === 'fail' && THROUGH_THE_GATEWAY.has(check.name);
  return lost || (hidden() && !UNSEEN_TOO.has(check.name)) ? notChecked('interrupted') : result;
}

/** Tells, once, whether the page was out of sight since. */
function watchHidden(): () => boolean {
  let hidden = document.visibilityState === 'hidden';
  const look = () => (hidden ||= document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    return hidden;
  };
}
