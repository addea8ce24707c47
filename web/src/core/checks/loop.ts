// Two connections in this page that can reach each other only through the visit's relay, by one way (UDP, TCP or TLS).
import type { IceServer } from '../../generated/signaling';
import { RECORDS } from '../call/link';

export interface LoopPath {
  /** Our end and the far end of the record channel. */
  near: RTCDataChannel;
  far: RTCDataChannel;
  /** Offer to open channel. */
  connectMs: number;
  close(): void;
}

/** The relay is there and does not take our credentials. */
export class Refused extends Error {}

/** Resolves with an open path, or rejects when there is none within the time. */
export async function openLoop(servers: readonly IceServer[], withinMs: number): Promise<LoopPath> {
  const configuration: RTCConfiguration = {
    iceServers: servers.map(({ urls, username, credential }) => ({ urls, username, credential })),
    iceTransportPolicy: 'relay',
  };
  const a = new RTCPeerConnection(configuration);
  const b = new RTCPeerConnection(configuration);
  const close = () => {
    a.close();
    b.close();
  };
  const begun = performance.now();
  try {
    const near = a.createDataChannel(RECORDS.label, { negotiated: true, id: RECORDS.id });
    const far = b.createDataChannel(RECORDS.label, { negotiated: true, id: RECORDS.id });
    pass(a, b);
    pass(b, a);
    await negotiate(a, b);
    await Promise.race([Promise.all([opened(near, withinMs), opened(far, withinMs)]), refusal(a)]);
    return { near, far, connectMs: performance.now() - begun, close };
  } catch (error) {
    close();
    throw error;
  }
}

function pass(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined).catch(() => undefined);
}

/** 401: wrong name or key, 403: not from here, 438: out of date (RFC 8656). A relay that is not there says 701. */
function refusal(pc: RTCPeerConnection): Promise<never> {
  return new Promise((_, reject) => {
    pc.onicecandidateerror = ({ errorCode }) => {
      if (errorCode === 401 || errorCode === 403 || errorCode === 438) reject(new Refused());
    };
  });
}

async function negotiate(a: RTCPeerConnection, b: RTCPeerConnection): Promise<void> {
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription as RTCSessionDescription);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription as RTCSessionDescription);
}

function opened(channel: RTCDataChannel, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (channel.readyState === 'open') return resolve();
    const late = setTimeout(() => reject(new Error('no path')), withinMs);
    channel.onopen = () => {
      clearTimeout(late);
      resolve();
    };
  });
}

/**
 * Sends each message to the far end, which sends it back; resolves with the milliseconds all of them took. Without `far` it is the
 * media agent that sends them back.
 */
export function echo(near: RTCDataChannel, far: RTCDataChannel | undefined, messages: readonly string[], withinMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const late = setTimeout(() => reject(new Error('no echo')), withinMs);
    let back = 0;
    if (far) far.onmessage = ({ data }) => far.send(data as string);
    near.onmessage = ({ data }) => {
      if (data !== messages[back]) return;
      if (++back < messages.length) return;
      clearTimeout(late);
      resolve(performance.now() - begun);
    };
    for (const message of messages) near.send(message);
  });
}
