import { beforeEach, expect, test, vi } from 'vitest';
import { runChecks } from './runner';
import { pass, type Bench, type Check } from './types';

const close = vi.fn();
const open = { close } as unknown as NonNullable<Bench['session']>;
let stop: AbortController;

beforeEach(() => {
  close.mockClear();
  stop = new AbortController();
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined });
});

const benchWith = (part: Partial<Bench>) => ({ over: stop.signal, losses: () => 0, ...part }) as unknown as Bench;
const connect: Check = { name: 'connect', run: vi.fn(async () => pass()) };

function path(run: (bench: Bench) => void): Check {
  return {
    name: 'path',
    run: async (bench) => {
      run(bench);
      return pass();
    },
  };
}

test('who goes on before the check ends is not measured any more', async () => {
  const bench = benchWith({ session: open, loop: open as unknown as NonNullable<Bench['loop']> });
  await runChecks([[path(() => stop.abort()), connect]], bench, () => undefined);
  expect(connect.run).not.toHaveBeenCalled();
  expect(close, 'what was open is closed').toHaveBeenCalledTimes(2);
});

test('what is opened after the person went on is closed, too', async () => {
  const late = path((bench) => {
    stop.abort();
    bench.session = open;
  });
  await runChecks([[late, connect]], benchWith({}), () => undefined);
  expect(close).toHaveBeenCalledOnce();
});
