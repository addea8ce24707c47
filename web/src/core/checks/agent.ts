// One way to the gateway's media agent: our synthetic sound and picture go there and come back, and it tells what arrived.
import type { IceServer } from '../../generated/signaling';
import { synthetic } from './synthetic';
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
  /** What the agent said last; absent before it did. */
  heard(): Measured | undefined;
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

/** Resolves with a connected session; rejects with what `answer` threw, or when there is no way within the time. */
export async function openAgent({ servers, answer, withinMs }: AgentOptions): Promise<AgentSession> {
  const pc = new RTCPeerConnection({
    iceServers: servers.map(({ urls, username, credential }) => ({ urls, username, credential })),
    iceTransportPolicy: servers.length > 0 ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  });
  const source = synthetic();
  const records = pc.createDataChannel('records');
  const agent = pc.createDataChannel('agent');
  let last: Measured | undefined;
  let over = false;
  agent.onmessage = ({ data }) => {
    const said = JSON.parse(data as string) as ({ t: 'measured' } & Measured) | { t: 'ended' };
    if (said.t === 'measured') last = said;
    else over = true;
  };
  const close = () => {
    over = true;
    source.stop();
    pc.close();
  };
  try {
    const begun = performance.now();
    for (const track of source.stream.getTracks()) pc.addTrack(track, source.stream);
    await pc.setLocalDescription();
    await pc.setRemoteDescription({ type: 'answer', sdp: await answer(pc.localDescription?.sdp ?? '') });
    await capped(pc);
    await connected(pc, withinMs);
    const ended = () => over || pc.connectionState !== 'connected' || records.readyState === 'closed';
    const mark = (phase: string) => {
      last = undefined;
      if (agent.readyState === 'open') agent.send(JSON.stringify({ t: 'mark', phase }));
    };
    return { pc, records, connectMs: performance.now() - begun, heard: () => last, mark, ended, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** No more than a visit needs: what lies above would only cost the person. */
async function capped(pc: RTCPeerConnection): Promise<void> {
  const sender = pc.getSenders().find(({ track }) => track?.kind === 'video');
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
