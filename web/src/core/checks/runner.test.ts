import { expect, test, vi } from 'vitest';
import { runChecks } from './runner';
import { pass, type Bench, type Check } from './types';

test('who goes on before the check ends is not measured any more', async () => {
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined });
  const stop = new AbortController();
  const close = vi.fn();
  const bench = { over: stop.signal, losses: () => 0, session: { close }, loop: { close } } as unknown as Bench;
  const path: Check = {
    name: 'path',
    run: async () => {
      stop.abort();
      return pass();
    },
  };
  const connect: Check = { name: 'connect', run: vi.fn(async () => pass()) };
  await runChecks([[path, connect]], bench, () => undefined);
  expect(connect.run).not.toHaveBeenCalled();
  expect(close, 'what was open is closed').toHaveBeenCalledTimes(2);
});
