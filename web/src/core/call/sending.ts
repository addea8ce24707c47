// How sound and picture are sent on one connection: sound first and with a spare copy where both ends can, the picture within limits.

export interface Tracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

/** What we send at most. */
export interface Limits {
  videoBitrate: number;
  frameRate: number;
  /** Lines of the picture; a camera that gives more is sent smaller. */
  height: number;
  /** Whether the path has room for sound that is sent twice. */
  spareSound: boolean;
}

/** Puts the tracks to be sent in their places, without negotiating. */
export async function attach(pc: RTCPeerConnection, tracks: Tracks): Promise<void> {
  for (const { sender, receiver } of pc.getTransceivers()) {
    const track = tracks[receiver.track.kind as 'audio' | 'video'];
    if (sender.track !== track) await sender.replaceTrack(track);
  }
}

export async function limit(pc: RTCPeerConnection, limits: Limits, paused: boolean): Promise<void> {
  for (const { sender, receiver } of pc.getTransceivers()) {
    const parameters = sender.getParameters();
    const encoding = parameters.encodings[0];
    if (!encoding) continue;
    const before = JSON.stringify(encoding);
    if (receiver.track.kind === 'audio') first(encoding);
    else within(encoding, sender.track, limits, paused);
    if (JSON.stringify(encoding) !== before) await sender.setParameters(parameters).catch(() => undefined);
  }
}

/** Where the path is narrow, what is said comes before what is seen. */
function first(encoding: RTCRtpEncodingParameters): void {
  encoding.priority = 'high';
  encoding.networkPriority = 'high';
}

function within(encoding: RTCRtpEncodingParameters, track: MediaStreamTrack | null, limits: Limits, paused: boolean): void {
  encoding.maxBitrate = limits.videoBitrate;
  encoding.maxFramerate = limits.frameRate;
  encoding.scaleResolutionDownBy = smaller(track, limits.height);
  encoding.active = !paused;
}

/** How many times smaller a camera's picture is sent. */
function smaller(track: MediaStreamTrack | null, height: number): number {
  const { width, height: given } = track?.getSettings?.() ?? {};
  // A phone held upright has its lines the other way round.
  const lines = Math.min(width ?? height, given ?? height);
  return Math.max(1, lines / height);
}

/** Sound is sent twice (RED, RFC 2198), each packet with the one before: a lost one is not missed. Only where both ends know it. */
export function preferSpareSound(pc: RTCPeerConnection): void {
  const known = globalThis.RTCRtpReceiver?.getCapabilities?.('audio')?.codecs ?? [];
  const red = known.filter(({ mimeType }) => mimeType.toLowerCase() === 'audio/red');
  if (red.length === 0) return;
  for (const transceiver of pc.getTransceivers()) {
    if (transceiver.receiver.track.kind !== 'audio') continue;
    try {
      transceiver.setCodecPreferences?.([...red, ...known.filter((codec) => !red.includes(codec))]);
    } catch {
      // Then the sound goes once.
    }
  }
}
