import { beforeAll, describe, expect, it } from 'vitest';
import type { Rejection } from '../../generated/signaling';
import { Gateway, NOW, people, VISIT } from './channel.fake';
import { check } from './manifest';
import type { Prepared } from './sender';
import { MAX_MESSAGE, readPiece, write } from './wire';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await Gateway.open();
});
const titles = ({ arrived }: ReturnType<typeof people>) => arrived.map(({ manifest }) => manifest.id);

describe('a snippet', () => {
  it('arrives whole in messages of at most 15 KiB, and says how far it is', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await gateway.prepare('s1', { points: 3_000 }));
    await wire.calm(() => all.arrived.length > 0);
    expect(all.progress('s1').at(-1)).toBe(1);
    expect(titles(all)).toEqual(['s1']);
    expect(all.arrived[0]?.content.kind).toBe('lab_trend');
    expect(wire.largest).toBeLessThanOrEqual(MAX_MESSAGE);
    expect(all.progress('s1').length).toBeGreaterThan(3);
    expect(all.progress('s1').sort((a, b) => a - b)).toEqual(all.progress('s1'));
  });

  it('goes on after a lost channel where the receiver is', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await gateway.prepare('s1', { points: 12_000 }));
    await wire.until(() => all.progress('s1').some((share) => share > 0.2));
    wire.cut();
    const again = all.connect();
    let first: number | undefined;
    while (first === undefined) {
      first = readPiece(again.flying[0]?.data)?.at;
      await again.pass();
    }
    await again.until(() => all.arrived.length > 0);
    expect(first).toBeGreaterThan(10_000);
    expect(titles(all)).toEqual(['s1']);
  });

  it('that is small does not wait behind a large one', async () => {
    // Does not inflate: how long deflating takes is another question.
    const all = people(gateway.key, false);
    const wire = all.connect();
    all.offer('large', await gateway.prepare('large', { points: 20_000 }));
    await wire.until(() => all.progress('large').length > 0);
    all.offer('small', await gateway.prepare('small'));
    await wire.until(() => all.arrived.length > 0);
    expect(titles(all)).toEqual(['small']);
    expect(all.progress('large').at(-1), 'the large one is far from over').toBeLessThan(0.5);
    await wire.until(() => all.arrived.length > 1);
    expect(titles(all)).toEqual(['small', 'large']);
  });

  it('waits for the consent although the receiver asks', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.sender.keep('s1', await gateway.prepare('s1'));
    all.state('s1', 'held');
    all.receiver.offered('s1');
    await wire.calm();
    expect(all.arrived).toEqual([]);
    all.state('s1', 'offered');
    await wire.calm(() => all.arrived.length > 0);
    expect(titles(all)).toEqual(['s1']);
  });

  it('goes only to those it is for', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.sender.keep('s1', await gateway.prepare('s1'));
    all.state('s1', 'offered', ['someone else']);
    all.receiver.offered('s1');
    await wire.calm();
    expect(all.arrived).toEqual([]);
    all.state('s1', 'offered', ['someone else', 'patient']);
    await wire.calm(() => all.arrived.length > 0);
    expect(titles(all)).toEqual(['s1']);
  });

  it('waits for nobody who does not want it any more', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('unwanted', await gateway.prepare('unwanted', { points: 3_000 }));
    await wire.until(() => all.progress('unwanted').length > 0);
    all.receiver.withdrawn('unwanted');
    all.offer('s2', await gateway.prepare('s2', { points: 3_000 }));
    await wire.until(() => all.arrived.length > 0);
    await wire.calm();
    expect(titles(all)).toEqual(['s2']);
    expect(all.rejected).toEqual([]);
  });

  it.each<[string, Rejection, (id: string) => Promise<Prepared>]>([
    ['of another visit', 'other_visit', (id) => gateway.prepare(id, { over: { visit: 'visit-2' } })],
    ['whose time is over', 'expired', (id) => gateway.prepare(id, { over: { expires_at: NOW - 120_000 } })],
    ['of another name', 'not_offered', () => gateway.prepare('s9')],
    ['that is too large', 'too_large', (id) => gateway.prepare(id, { over: { size: 100_000_000 } })],
    ['of an unknown kind', 'unreadable', (id) => gateway.prepare(id, { over: { kind: 'inbox' } })],
    ['with one letter changed', 'bad_hash', (id) => gateway.prepare(id, { tamper: (json) => json.replace('s1', 's2') })],
    ['larger than it says', 'bad_hash', (id) => gateway.prepare(id, { over: { size: 4_000 }, points: 400 })],
    ['with an edited manifest', 'bad_signature', async (id) => ({ ...(await gateway.prepare(id)), manifest: (await gateway.prepare(id, { over: { size: 1 } })).manifest })],
    ['that nobody signed', 'bad_signature', async (id) => ({ ...(await gateway.prepare(id)), signature: '' })],
    ['signed by another gateway', 'bad_signature', async (id) => (await Gateway.open()).prepare(id)],
  ])('%s is refused, once', async (_what, why, make) => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await make('s1'));
    await wire.calm(() => all.rejected.length > 0);
    all.receiver.offered('s1');
    await wire.calm();
    expect(all.arrived).toEqual([]);
    expect(all.rejected).toEqual([['s1', why]]);
  });

  it('that comes unasked is refused: never offered, or withdrawn', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    const prepared = await gateway.prepare('s1');
    const { manifest, signature } = prepared;
    const push = (s: string) => wire.near.send(write({ t: 'begin', s, k: 9, manifest, signature, bytes: 1, z: false }));
    push('strange');
    all.offer('s1', prepared);
    await wire.calm(() => all.arrived.length > 0);
    all.receiver.withdrawn('s1');
    push('s1');
    push('s1');
    await wire.calm(() => all.rejected.length > 1);
    expect(all.rejected).toEqual([
      ['strange', 'not_offered'],
      ['s1', 'withdrawn'],
    ]);
  });

  it('withdrawn before it began is nobody’s fault', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await gateway.prepare('s1'));
    await wire.pass();
    all.receiver.withdrawn('s1');
    await wire.calm();
    expect([all.arrived, all.rejected]).toEqual([[], []]);
  });

  it('is refused where its content unpacks to more than was signed', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    // Highly regular, so that it is sent deflated.
    all.offer('s1', await gateway.prepare('s1', { tamper: (json) => json + ' '.repeat(1_000_000) }));
    await wire.until(() => all.rejected.length > 0);
    expect(all.rejected).toEqual([['s1', 'bad_hash']]);
  });
});

describe('somebody taken out', () => {
  it('gets no more of it, not even what was on the way', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await gateway.prepare('s1'));
    await wire.calm(() => all.arrived.length > 0);
    all.sender.withdrawFrom('s1', 'patient');
    all.sender.point('s1', 'point-3');
    await wire.calm(() => all.gone.length > 0);
    expect([all.gone, all.pointed]).toEqual([['s1'], []]);
  });
});

describe('pointing', () => {
  it('goes both ways, and is there for who comes back', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await gateway.prepare('s1'));
    await wire.calm(() => all.arrived.length > 0);
    all.sender.point('s1', 'point-3');
    all.sender.lead('s1', '2:0:0:500:500');
    all.sender.lead('s1', '2:0:0:1500:500');
    all.receiver.point('s1', 'point-4');
    await wire.calm(() => all.heard.length + all.leads.length + all.pointed.length > 2);
    expect(all.pointed).toEqual([['s1', 'point-3']]);
    expect(all.leads).toEqual([['s1', '2:0:0:500:500']]);
    expect(all.heard).toEqual([['patient', 's1', 'point-4']]);
  });

  it('at what was withdrawn, or by a name that is none, is not heard', async () => {
    const all = people(gateway.key);
    const wire = all.connect();
    all.offer('s1', await gateway.prepare('s1'));
    await wire.calm(() => all.arrived.length > 0);
    all.sender.point('s1', '"] , [data-secret="');
    await wire.calm();
    all.state('s1', 'withdrawn');
    all.sender.point('s1', 'point-1');
    all.receiver.point('s1', 'point-1');
    await wire.calm();
    expect([all.pointed, all.heard]).toEqual([[], []]);
  });

  it('begun before somebody has the item is known when it comes', async () => {
    const all = people(gateway.key);
    all.offer('s1', await gateway.prepare('s1'));
    all.sender.point('s1', 'point-3');
    const wire = all.connect();
    await wire.calm(() => all.pointed.length > 0);
    expect(all.pointed).toEqual([['s1', 'point-3']]);
  });
});

describe('a signature', () => {
  it('is checked as well where the phone has no Ed25519 of its own', async () => {
    const { manifest, signature } = await gateway.prepare('s1');
    const importKey = crypto.subtle.importKey;
    crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));
    try {
      const expected = { id: 's1', visit: VISIT, key: gateway.key, now: NOW };
      expect(await check(manifest, signature, expected)).toMatchObject({ id: 's1' });
      expect(await check(`${manifest} `, signature, expected)).toBe('bad_signature');
    } finally {
      crypto.subtle.importKey = importKey;
    }
  });
});
