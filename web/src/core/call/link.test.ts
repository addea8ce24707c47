import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientMessage } from '../../generated/signaling';
import { PeerLink, type PathState } from './link';
import { FakePeer, fakePeers, realPeers, sdpOf } from './peer.fake';

const camera = { kind: 'video' } as MediaStreamTrack;
const microphone = { kind: 'audio' } as MediaStreamTrack;

let said: ClientMessage[];
let states: PathState[];
let isReachable: boolean;

function link(polite: boolean): PeerLink {
  const options = {
    seat: 'other',
    polite,
    relayOnly: false,
    iceServers: [],
    tracks: { audio: microphone, video: camera },
    limits: { videoBitrate: 600_000, frameRate: 15, height: 360, spareSound: true },
    send: (message: ClientMessage) => said.push(message),
    reachable: () => isReachable,
    silent: () => false,
  };
  return new PeerLink(options, { state: (state) => states.push(state), stats: () => {}, mending: () => {}, stream: () => {}, channel: () => {} });
}

const descriptions = () => said.flatMap((message) => (message.type === 'description' ? [message.data.description.type] : []));
const settle = () => vi.advanceTimersByTimeAsync(0);
const offerFrom = (origin: string) => ({ type: 'offer', sdp: sdpOf(origin) }) as const;
const answerFrom = (origin: string) => ({ type: 'answer', sdp: sdpOf(origin) }) as const;

/** An impolite end whose offer was answered and whose path is there. */
async function connected(): Promise<PeerLink> {
  const opened = link(false);
  opened.open();
  await settle();
  opened.description(answerFrom('far'));
  await settle();
  FakePeer.last.becomes('connected');
  said = [];
  return opened;
}

beforeEach(() => {
  [said, states, isReachable] = [[], [], true];
  fakePeers();
});
afterEach(realPeers);

describe('a link begins', () => {
  it('with an offer of sound, picture and the record channel from the end that does not yield', async () => {
    link(false).open();
    await settle();
    expect(descriptions()).toEqual(['offer']);
    expect(FakePeer.last.channels).toEqual([{ label: 'records', id: 7 }]);
    expect(FakePeer.last.getTransceivers().map(({ sender }) => sender.track)).toEqual([microphone, camera]);
  });

  it('with an answer that sends too, from the end that yields', async () => {
    const yielding = link(true);
    yielding.open();
    yielding.description(offerFrom('far'));
    await settle();
    expect(descriptions()).toEqual(['answer']);
    expect(FakePeer.last.getTransceivers().map(({ direction }) => direction)).toEqual(['sendrecv', 'sendrecv']);
    expect(FakePeer.last.getTransceivers().map(({ sender }) => sender.track)).toEqual([microphone, camera]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakePeer.made).toHaveLength(1);
  });

  it('with an offer of the end that yields, where the other stays silent', async () => {
    link(true).open();
    await vi.advanceTimersByTimeAsync(700);
    expect(descriptions()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(descriptions()).toEqual(['offer']);
  });
});

describe('two offers at once', () => {
  it('the end that does not yield keeps its own', async () => {
    const firm = link(false);
    firm.open();
    await settle();
    firm.description(offerFrom('far'));
    await settle();
    expect(descriptions()).toEqual(['offer']);
    expect(FakePeer.last.signalingState).toBe('have-local-offer');
  });

  it('the end that yields answers the other', async () => {
    const yielding = link(true);
    yielding.open();
    await vi.advanceTimersByTimeAsync(900);
    yielding.description(offerFrom('far'));
    await settle();
    expect(descriptions()).toEqual(['offer', 'answer']);
    expect(FakePeer.made.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
  });
});

describe('a running call', () => {
  it('changes tracks without a word', async () => {
    const running = await connected();
    const flipped = { kind: 'video' } as MediaStreamTrack;
    await running.replace({ audio: microphone, video: flipped });
    expect(FakePeer.last.getTransceivers()[1]?.sender.track).toBe(flipped);
    expect(said).toEqual([]);
  });

  it('is not touched by a resync or by signaling that comes back', async () => {
    const running = await connected();
    running.resync();
    running.mendNow();
    await settle();
    expect([said, FakePeer.made.length, FakePeer.last.restarts]).toEqual([[], 1, 0]);
  });

  it('starts from nothing when the other page is another', async () => {
    const running = await connected();
    running.description(offerFrom('a new page'));
    await settle();
    expect(FakePeer.made.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(descriptions()).toEqual(['answer']);
  });

  it('looks for a new path when its own is lost, and says when it is back', async () => {
    await connected();
    FakePeer.last.becomes('failed');
    await settle();
    expect([states.at(-1), FakePeer.last.restarts, descriptions()]).toEqual(['reconnecting', 1, ['offer']]);
    FakePeer.last.becomes('connected');
    expect(states.at(-1)).toBe('connected');
  });

  it('begins its picture anew when the path is back, so that nobody waits for a whole one', async () => {
    await connected();
    const picture = FakePeer.last.getTransceivers()[1]!;
    FakePeer.last.becomes('failed');
    await settle();
    picture.sent = [];
    FakePeer.last.becomes('connected');
    await settle();
    expect(picture.sent.slice(0, 2)).toEqual([false, true]);
  });

  it('leaves it to the end that began it, and to nobody once the network is another one', async () => {
    const yielding = link(true);
    yielding.open();
    yielding.description(offerFrom('far'));
    await settle();
    FakePeer.last.becomes('connected');
    await vi.advanceTimersByTimeAsync(10_000);
    FakePeer.last.becomes('failed');
    yielding.description(offerFrom('far'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(FakePeer.last.restarts).toBe(0);
    yielding.networkChanged();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(FakePeer.last.restarts).toBe(1);
  });

  it('waits with that until signaling can carry it', async () => {
    const running = await connected();
    isReachable = false;
    FakePeer.last.becomes('failed');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(FakePeer.last.restarts).toBe(0);
    isReachable = true;
    running.mendNow();
    expect(FakePeer.last.restarts).toBe(1);
  });

  it('pauses its picture and not its sound', async () => {
    const running = await connected();
    running.pauseVideo(true);
    await settle();
    const [sound, picture] = FakePeer.last.getTransceivers();
    expect([sound?.encoding, picture?.encoding?.active]).toEqual([{ priority: 'high', networkPriority: 'high' }, false]);
  });
});

describe('what was lost with an old epoch', () => {
  it('is an offer without an answer: it is said again as it was', async () => {
    const waiting = link(false);
    waiting.open();
    await settle();
    waiting.resync();
    expect(descriptions()).toEqual(['offer', 'offer']);
    expect(FakePeer.made).toHaveLength(1);
  });
});

it('says nothing after it was closed', async () => {
  const gone = await connected();
  gone.close();
  gone.description(offerFrom('far'));
  gone.candidate({ candidate: 'x', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null });
  await vi.advanceTimersByTimeAsync(20_000);
  expect([said, FakePeer.last.isClosed, FakePeer.last.candidates]).toEqual([[], true, []]);
});
