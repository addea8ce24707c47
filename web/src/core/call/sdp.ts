// The little we read of a session description.

/** The origin's session id: the same for one RTCPeerConnection all its life, another for the next one. */
export function originOf(sdp: string | undefined): string | undefined {
  return /^o=\S+ (\S+)/m.exec(sdp ?? '')?.[1];
}
