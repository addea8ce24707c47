// Whatever happens to the channel and whenever: an item is whole and right, or not shown.
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Gateway, people, type Data } from './channel.fake';
import { readContent } from './content';
import { decode } from './base64';
import type { Prepared } from './sender';

const IDS = ['large', 'middle', 'small'];
const SIZES = [2_500, 900, 20];
/** The same ones each time; whoever changes the channel tries other seeds. */
const SETTINGS = { numRuns: 40, seed: 7 };

let gateway: Gateway;
let prepared: Map<string, Prepared>;

beforeAll(async () => {
  gateway = await Gateway.open();
  prepared = new Map();
  for (const [i, id] of IDS.entries()) prepared.set(id, await gateway.prepare(id, { points: SIZES[i] as number }));
});

type Event =
  | { what: 'pass'; messages: number }
  | { what: 'overtake' | 'lose'; which: number }
  | { what: 'change'; byte: number }
  | { what: 'cut' }
  | { what: 'offer'; item: number }
  | { what: 'withdraw'; item: number; first: 'channel' | 'signaling' };

const item = fc.nat({ max: IDS.length - 1 });
const first = fc.constantFrom('channel' as const, 'signaling' as const);
const pass = fc.record({ what: fc.constant('pass' as const), messages: fc.integer({ min: 1, max: 12 }) });
const cut = fc.record({ what: fc.constant('cut' as const) });
const offer = fc.record({ what: fc.constant('offer' as const), item });
const withdraw = fc.record({ what: fc.constant('withdraw' as const), item, first });
const overtake = fc.record({ what: fc.constant('overtake' as const), which: fc.nat({ max: 8 }) });
const lose = fc.record({ what: fc.constant('lose' as const), which: fc.nat({ max: 8 }) });
const change = fc.record({ what: fc.constant('change' as const), byte: fc.nat() });

const cuts = fc.oneof({ weight: 4, arbitrary: pass }, { weight: 2, arbitrary: cut }, { weight: 3, arbitrary: offer }, withdraw);
const troubles = fc.oneof({ weight: 4, arbitrary: pass }, overtake, lose, change, cut, { weight: 2, arbitrary: offer }, withdraw);
const events = (kinds: fc.Arbitrary<Event>) => fc.array(kinds, { minLength: 4, maxLength: 30 });

/** One byte of a message that carries content is another one. */
function altered(data: Data, byte: number): Data {
  if (typeof data === 'string' || data.byteLength <= 8) return data;
  const bytes = new Uint8Array(data.slice(0));
  const at = 8 + (byte % (bytes.length - 8));
  bytes[at] = (bytes[at] as number) ^ 0x41;
  return bytes.buffer;
}

async function run(events: Event[], inflates = true) {
  const all = people(gateway.key, inflates);
  const [offered, withdrawn] = [new Set<string>(), new Set<string>()];
  let wire = all.connect();
  const act = async (event: Event): Promise<void> => {
    switch (event.what) {
      case 'pass':
        for (let i = 0; i < event.messages; i++) await wire.pass();
        return;
      case 'overtake':
        return wire.pass(event.which % Math.max(1, wire.flying.length));
      case 'lose':
        return void wire.flying.splice(event.which, 1);
      case 'change':
        return wire.pass(0, (data) => altered(data, event.byte));
      case 'cut':
        wire.cut();
        wire = all.connect();
        return;
      case 'offer':
        return offerOnce(IDS[event.item] as string);
      case 'withdraw':
        return withdrawOnce(IDS[event.item] as string, event.first);
    }
  };
  const offerOnce = (id: string) => {
    if (offered.has(id)) return;
    offered.add(id);
    all.offer(id, prepared.get(id) as Prepared);
  };
  const withdrawOnce = (id: string, by: 'channel' | 'signaling') => {
    if (!offered.has(id) || withdrawn.has(id)) return;
    withdrawn.add(id);
    const tell = { channel: () => all.sender.withdraw(id), signaling: () => all.receiver.withdrawn(id) };
    tell[by]();
    tell[by === 'channel' ? 'signaling' : 'channel']();
  };
  for (const event of events) {
    const before = new Set(withdrawn);
    const shown = all.arrived.length;
    await act(event);
    for (const { id } of all.arrived.slice(shown)) expect(before, 'nothing is shown after it was withdrawn').not.toContain(id);
  }
  return { all, wire: () => wire, reconnect: () => act({ what: 'cut' }), offered, withdrawn };
}

function expectRight({ arrived }: ReturnType<typeof people>) {
  for (const { id, content } of arrived) {
    const bytes = decode((prepared.get(id) as Prepared).content);
    expect(content).toEqual(readContent('lab_trend', bytes));
  }
  expect(new Set(arrived.map(({ id }) => id)).size, 'each once').toBe(arrived.length);
}

it('a channel that is cut anywhere, with items offered and withdrawn at any time: all that should be there is there, and right', async () => {
  await fc.assert(
    fc.asyncProperty(events(cuts), async (list) => {
      const { all, wire, offered, withdrawn } = await run(list);
      const left = [...offered].filter((id) => !withdrawn.has(id));
      await wire().until(() => left.every((id) => all.arrived.some((one) => one.id === id)));
      expectRight(all);
      expect(all.rejected).toEqual([]);
    }),
    SETTINGS,
  );
});

it('messages that overtake each other, are lost or changed: right, or not shown; and once they do not, there all the same', async () => {
  await fc.assert(
    fc.asyncProperty(events(troubles), fc.boolean(), async (list, inflates) => {
      const { all, wire, reconnect, offered, withdrawn } = await run(list, inflates);
      await reconnect();
      const refused = (id: string) => all.rejected.some(([one]) => one === id);
      const left = [...offered].filter((id) => !withdrawn.has(id));
      await wire().until(() => left.every((id) => refused(id) || all.arrived.some((one) => one.id === id)));
      expectRight(all);
      for (const [id, why] of all.rejected) expect([id, ['bad_hash', 'withdrawn', 'not_offered'].includes(why)]).toEqual([id, true]);
    }),
    SETTINGS,
  );
});
