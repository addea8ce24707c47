import { describe, expect, it } from 'vitest';
import { originOf, withSpareSound } from './sdp';

const description = (...lines: string[]) => ['v=0', 'o=- 4611733054762223410 2 IN IP4 127.0.0.1', 's=-', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'a=rtpmap:111 opus/48000/2', ...lines, 'a=rtpmap:63 red/48000/2', ''].join('\r\n');

it('names the connection that a description comes from', () => {
  expect(originOf(description())).toBe('4611733054762223410');
  expect(originOf(undefined)).toBeUndefined();
});

describe('sound asks for a spare copy of itself', () => {
  it('where the browser asks for it already, nothing changes', () => {
    const sdp = description('a=fmtp:111 minptime=10;useinbandfec=1');
    expect(withSpareSound(sdp)).toBe(sdp);
  });

  it.each([
    ['a=fmtp:111 minptime=10', 'a=fmtp:111 minptime=10;useinbandfec=1'],
    ['a=fmtp:111 useinbandfec=0;minptime=10', 'a=fmtp:111 minptime=10;useinbandfec=1'],
  ])('%s', (before, after) => {
    expect(withSpareSound(description(before))).toBe(description(after));
  });

  it('where nothing is said of it, a line of its own', () => {
    expect(withSpareSound(description())).toBe(description('a=fmtp:111 useinbandfec=1'));
  });

  it('and nothing where there is no Opus', () => {
    expect(withSpareSound('v=0\r\n')).toBe('v=0\r\n');
  });
});
