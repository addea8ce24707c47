// Does the gateway answer quickly over the connection that the visit will use?
import { fail, pass, round, warn, type Check, type Result } from './types';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.signaling;
const RETRY_MS = 500;

export function judge(pings: readonly number[], total: number): Result {
  const values = { total_ms: round(total), slowest_ms: round(Math.max(...pings)) };
  if (total <= T.passMs) return pass(values);
  return warn('slow', values);
}

export const signaling: Check = {
  name: 'signaling',
  async run({ echo }) {
    const begun = performance.now();
    const pings: number[] = [];
    while (pings.length < T.pings) {
      try {
        pings.push(await echo());
      } catch {
        // The page takes a lost connection up again by itself; only one that stays away is none.
        if (performance.now() - begun > T.failMs) return fail('no_connection', { answered: pings.length });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    return judge(pings, performance.now() - begun);
  },
};
