// One way to the gateway's media agent: our synthetic sound and picture go there and come back, and it tells what arrived. Nothing is
// sent before somebody measures: a way that is only open costs nothing.
import type { IceServer } from '../../generated/signaling';
import { synthetic, type Synthetic } from './synthetic';
import { THRESHOLDS } from './thresholds';

/** What the agent measured since the last mark; a field is there when it is known. */
export interface Measured {
  up: { loss?: number | null; jitter_ms?: number | null; kbps: number };
  down: { loss?: number | null; round_trip_ms?: number | null };
}

export interface AgentSession {
  pc: RTCPeerConnection;
  records: RTCDataChannel;
  connectMs: number;
  /** Sends our sound and picture, from here until `pause`. */
  play(): Promise<void>;
  pause(): void;
  /** What the agent said since the mark; absent before it did. */
  heard(): Measured | undefined;
  /** For how long it has said nothing; it speaks once a second. */
  silentMs(): number;
  /** The agent measures from here on. */
  mark(phase: string): void;
  /** True once the agent or the way to it is gone. */
  ended(): boolean;
  close(): void;
}

export interface AgentOptions {
  /** Empty to go straight to the agent's own port. */
  servers: readonly IceServer[];
  answer(offer: string): Promise<string>;
  withinMs: number;
}

const KINDS = ['audio', 'video'] as const;

/** Resolves with a connected session; rejects with what `answer` threw, or when there is no way within the time. */
export async function openAgent({ servers, answer, withinMs }: AgentOptions): Promise<AgentSession> {
  const pc = new RTCPeerConnection({
    iceServers: servers.map(({ urls, username, credential }) => ({ urls, username, credential })),
    iceTransportPolicy: servers.length > 0 ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  });
  const senders = KINDS.map((kind) => pc.addTransceiver(kind).sender);
  let source: Synthetic | undefined;
  const records = pc.createDataChannel('records');
  const agent = pc.createDataChannel('agent');
  let last: Measured | undefined;
  let lastAt = performance.now();
  let over = false;
  agent.onmessage = ({ data }) => {
    lastAt = performance.now();
    const said = JSON.parse(data as string) as ({ t: 'measured' } & Measured) | { t: 'ended' };
    if (said.t === 'measured') last = said;
    else over = true;
  };
  const play = async () => {
    source ??= synthetic();
    const tracks = source.stream.getTracks();
    await Promise.all(senders.map((sender, i) => sender.replaceTrack(tracks.find(({ kind }) => kind === KINDS[i]) ?? null)));
  };
  const pause = () => {
    source?.stop();
    source = undefined;
  };
  const close = () => {
    over = true;
    pause();
    pc.close();
  };
  try {
    const begun = performance.now();
    await pc.setLocalDescription();
    await pc.setRemoteDescription({ type: 'answer', sdp: await answer(pc.localDescription?.sdp ?? '') });
    await capped(pc);
    await connected(pc, withinMs);
    const ended = () => over || pc.connectionState !== 'connected' || records.readyState === 'closed';
    const mark = (phase: string) => {
      last = undefined;
      lastAt = performance.now();
      if (agent.readyState === 'open') agent.send(JSON.stringify({ t: 'mark', phase }));
    };
    const connectMs = performance.now() - begun;
    return { pc, records, connectMs, play, pause, heard: () => last, silentMs: () => performance.now() - lastAt, mark, ended, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** No more than a visit needs: what lies above would only cost the person. */
async function capped(pc: RTCPeerConnection): Promise<void> {
  const sender = pc.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video')?.sender;
  const parameters = sender?.getParameters();
  const encoding = parameters?.encodings[0];
  if (!sender || !parameters || !encoding) return;
  encoding.maxBitrate = THRESHOLDS.measure.kbps * 1000;
  await sender.setParameters(parameters).catch(() => undefined);
}

function connected(pc: RTCPeerConnection, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no path')), withinMs);
    const look = () => {
      if (pc.connectionState === 'failed' || pc.connectionState === 'closed') reject(new Error('no path'));
      if (pc.connectionState !== 'connected') return;
      clearTimeout(late);
      resolve();
    };
    pc.addEventListener('connectionstatechange', look);
    look();
  });
}
