// Does the gateway answer quickly over the connection that the visit will use?
import { fail, pass, round, warn, type Check, type Result } from './types';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.signaling;

export function judge(pings: readonly number[]): Result {
  const total = pings.reduce((sum, ms) => sum + ms, 0);
  const values = { total_ms: round(total), slowest_ms: round(Math.max(...pings)) };
  if (total <= T.passMs) return pass(values);
  return warn('slow', values);
}

export const signaling: Check = {
  name: 'signaling',
  async run({ echo }) {
    const pings: number[] = [];
    try {
      while (pings.length < T.pings) pings.push(await echo());
    } catch {
      return fail('no_connection', { answered: pings.length });
    }
    return judge(pings);
  },
};
