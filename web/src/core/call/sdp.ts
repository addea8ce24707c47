// The little we read of a session description, and the little we add.

/** The origin's session id: the same for one RTCPeerConnection all its life, another for the next one. */
export function originOf(sdp: string | undefined): string | undefined {
  return /^o=\S+ (\S+)/m.exec(sdp ?? '')?.[1];
}

/** Asks the other side to pack into each packet of sound a little of the one before (Opus in-band FEC, RFC 7587). Browsers ask so by themselves, but not all of them. */
export function withSpareSound(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\//im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  const line = new RegExp(`^a=fmtp:${opus} (.*?)(\\r?)$`, 'm');
  if (!line.test(sdp)) return sdp.replace(new RegExp(`^(a=rtpmap:${opus} .*?)(\\r?\\n)`, 'm'), `$1$2a=fmtp:${opus} useinbandfec=1$2`);
  return sdp.replace(line, (whole, words: string, end: string) => {
    if (/useinbandfec=1/.test(words)) return whole;
    const others = words.split(';').filter((word) => !/^\s*useinbandfec=/.test(word));
    return `a=fmtp:${opus} ${[...others, 'useinbandfec=1'].join(';')}${end}`;
  });
}
