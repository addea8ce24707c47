// As much of RTCPeerConnection as a PeerLink uses, with the rules that matter: who may describe what in which state, and who hears of it.
import { vi } from 'vitest';

class FakeTransceiver {
  direction: RTCRtpTransceiverDirection;
  receiver: { track: { kind: string } };
  sender = {
    track: null as MediaStreamTrack | null,
    replaceTrack: async (track: MediaStreamTrack | null) => void (this.sender.track = track),
    setStreams: () => {},
    getParameters: () => ({ encodings: [{}] as RTCRtpEncodingParameters[] }),
    setParameters: async (parameters: { encodings: RTCRtpEncodingParameters[] }) => {
      this.encoding = parameters.encodings[0];
      this.sent.push(this.encoding?.active);
    },
  };
  encoding: RTCRtpEncodingParameters | undefined;
  /** Whether anything was to be sent, each time that was said. */
  sent: (boolean | undefined)[] = [];

  constructor(kind: string, direction: RTCRtpTransceiverDirection) {
    this.direction = direction;
    this.receiver = { track: { kind } };
  }
}

class FakeStream {
  #tracks: MediaStreamTrack[] = [];
  getTracks = () => [...this.#tracks];
  addTrack = (track: MediaStreamTrack) => void this.#tracks.push(track);
  removeTrack = (track: MediaStreamTrack) => void (this.#tracks = this.#tracks.filter((other) => other !== track));
}

export class FakePeer {
  static made: FakePeer[] = [];
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidate | null }) => void) | null = null;
  ontrack: ((event: { track: MediaStreamTrack }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  channels: { label: string; id: number }[] = [];
  candidates: RTCIceCandidateInit[] = [];
  restarts = 0;
  isClosed = false;
  readonly origin = String(FakePeer.made.length + 1);
  #transceivers: FakeTransceiver[] = [];

  constructor(public configuration: RTCConfiguration) {
    FakePeer.made.push(this);
  }

  static get last(): FakePeer {
    return FakePeer.made.at(-1) as FakePeer;
  }

  createDataChannel(label: string, { id }: { id: number }) {
    this.channels.push({ label, id });
    return {};
  }

  addTransceiver(kind: string, { direction }: { direction: RTCRtpTransceiverDirection }) {
    this.#transceivers.push(new FakeTransceiver(kind, direction));
    queueMicrotask(() => this.onnegotiationneeded?.());
  }

  getTransceivers() {
    return this.#transceivers;
  }

  async setLocalDescription() {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    this.localDescription = { type, sdp: sdpOf(this.origin) } as RTCSessionDescription;
  }

  async setRemoteDescription({ type }: RTCSessionDescriptionInit) {
    if (type === 'answer' && this.signalingState !== 'have-local-offer') throw new DOMException('', 'InvalidStateError');
    // An offer on top of our own rolls that back.
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    if (type === 'offer' && this.#transceivers.length === 0) {
      for (const kind of ['audio', 'video']) this.#transceivers.push(new FakeTransceiver(kind, 'recvonly'));
    }
  }

  async addIceCandidate(candidate: RTCIceCandidateInit) {
    this.candidates.push(candidate);
  }

  setConfiguration(configuration: RTCConfiguration) {
    this.configuration = configuration;
  }

  restartIce() {
    this.restarts++;
    queueMicrotask(() => this.onnegotiationneeded?.());
  }

  async getStats() {
    return new Map();
  }

  close() {
    this.isClosed = true;
  }

  becomes(state: RTCPeerConnectionState) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

export function sdpOf(origin: string): string {
  return `v=0\r\no=- ${origin} 2 IN IP4 127.0.0.1\r\ns=-\r\n`;
}

/** From here on connections are fake ones, none made yet, and time stands still until it is moved. */
export function fakePeers(): void {
  FakePeer.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  vi.stubGlobal('MediaStream', FakeStream);
}

export function realPeers(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}
