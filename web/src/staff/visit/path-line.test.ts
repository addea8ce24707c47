import { beforeEach, describe, expect, it } from 'vitest';
import type { PathCause, PathLevel, PathQuality } from '../../generated/signaling';
import { speakFromFiles } from '../catalogue.testing';
import { shortName } from './advice';
import { pathLine } from './path-line';

const path = (level: PathLevel, cause: PathCause, side: string): PathQuality => ({ between: ['me', 'p'], level, trouble: { cause, side } });
const say = (level: PathLevel, cause: PathCause, side = 'p') => {
  const line = pathLine(path(level, cause, side), 'me', 'Maria Santos', 'Or call 555-0100.');
  return line && [line.tone, line.words, line.advice];
};

describe('what the clinician reads of the path, with a sentence to say', () => {
  beforeEach(() => speakFromFiles('en'));

  it('names the person, the cause and the way out by telephone', () => {
    expect(say('weak', 'loss')).toEqual(['warn', 'Weak internet', 'Ask Maria to move closer to the Wi-Fi. Or call 555-0100.']);
    expect(say('weak', 'narrow')).toEqual(['warn', 'Weak internet', 'Ask Maria to stop other videos and downloads. Or call 555-0100.']);
    expect(say('weak', 'sound')).toEqual(['warn', 'No sound from Maria', 'Ask Maria to check the microphone. Or call 555-0100.']);
  });

  it('says when it is the clinician’s own end', () => {
    expect(say('weak', 'loss', 'me')).toEqual(['warn', 'Your internet is weak', 'It is your side: use a cable, or move closer to the Wi-Fi.']);
  });

  it('is calm where the talk goes well, and silent where nothing is wrong or the page knows better', () => {
    expect(say('fair', 'loss')).toEqual(['plain', 'Fair connection', undefined]);
    expect(say('fair', 'delay')).toEqual(['plain', 'Fair connection', 'Leave a short pause after each sentence.']);
    expect(pathLine({ between: ['me', 'p'], level: 'good' }, 'me', 'Maria')).toBeUndefined();
    expect(pathLine({ between: ['me', 'p'], level: 'lost' }, 'me', 'Maria')).toBeUndefined();
    expect(pathLine(undefined, 'me', 'Maria')).toBeUndefined();
  });

  it('has words for every cause in Spanish too', () => {
    speakFromFiles('es');
    for (const cause of ['delay', 'jitter', 'loss', 'narrow', 'picture', 'sound'] as const)
      for (const side of ['me', 'p']) expect(say('weak', cause, side)?.join(' ')).not.toContain('staff-');
    expect(say('weak', 'loss')?.[2]).toContain('Pida a Maria que se acerque al Wi-Fi.');
  });
});

it('calls a patient by the first name and leaves titles alone', () => {
  expect([shortName('Maria Santos'), shortName('Dr. Lee'), shortName('Rosa')]).toEqual(['Maria', 'Dr. Lee', 'Rosa']);
});
