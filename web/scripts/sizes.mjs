// The patient page's size gate: what a weak phone network has to carry before anything is seen, and before the call.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const KB = 1024;
const FIRST = 45 * KB; // gzipped JavaScript of the first screens
const CALL = 40 * KB; // gzipped JavaScript that the waiting room and the call add
const CHECKS = 14 * KB; // gzipped JavaScript of the equipment test, fetched before the question for camera and microphone
const RECORD = 20 * KB; // gzipped JavaScript of the record's views, fetched once the call is up

const dist = new URL('../dist', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));

/** Every chunk that loading `key` loads at once. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const gzipped = (keys) => [...keys].reduce((sum, key) => sum + statSync(join(dist, `${manifest[key].file}.gz`)).size, 0);

const first = closure('src/patient/main.tsx');
const call = [...closure('src/patient/live/index.tsx')].filter((key) => !first.has(key));
const record = [...closure('src/patient/live/record/sheet.tsx')].filter((key) => !first.has(key) && !call.includes(key));
const checks = [...closure('src/patient/live/checking.ts')].filter((key) => !first.has(key) && !call.includes(key));
const sizes = [
  ['patient page, first JavaScript', gzipped(first), FIRST],
  ['patient page, call part', gzipped(call), CALL],
  ['patient page, the checks', gzipped(checks), CHECKS],
  ['patient page, the record', gzipped(record), RECORD],
];

let failed = false;
for (const [what, size, limit] of sizes) {
  const over = size > limit;
  failed ||= over;
  console.log(`${over ? 'TOO LARGE' : 'ok'}  ${what}: ${(size / KB).toFixed(1)} of ${limit / KB} KB gzipped`);
}
process.exit(failed ? 1 : 0);
