// Can pieces of the record get through? 64 KiB there and back over the same kind of channel as in the visit: to the media agent, or,
// where that is not reached, through the relay and back to this page.
import { fail, notChecked, pass, round, warn, type Check, type Result } from './types';
import { echo } from './loop';
import { MAX_MESSAGE } from '../records/wire';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.recordChannel;

export function judge(ms: number): Result {
  const values = { echo_ms: round(ms) };
  return ms <= T.passMs ? pass(values) : warn('slow', values);
}

export const recordChannel: Check = {
  name: 'record_channel',
  async run(bench) {
    const { loop, session, paths } = bench;
    const near = session?.ended() === false ? session.records : loop?.near;
    if (!paths) return notChecked();
    if (!near) return fail('no_connection');
    try {
      return judge(await echo(near, near === loop?.near ? loop.far : undefined, pieces(), T.failMs));
    } catch {
      return fail('no_echo');
    } finally {
      loop?.close();
      session?.close();
      delete bench.loop;
      delete bench.session;
    }
  },
};

function pieces(): string[] {
  const wrapped = '{"t":"echo","b":""}'.length;
  const body = 'x'.repeat(MAX_MESSAGE - wrapped);
  return Array.from({ length: Math.ceil(T.bytes / MAX_MESSAGE) }, () => `{"t":"echo","b":"${body}"}`);
}
