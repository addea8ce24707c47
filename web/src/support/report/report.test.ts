// Measurements as a technician reads them.
import { expect, it } from 'vitest';
import { valuesWords } from './report';

it('names each measurement with its unit', () => {
  expect(valuesWords({ first_frame_ms: 300, rms_db: -30.5, fps: 24, kbps: 900 })).toBe('first frame 300 ms, rms -30.5 dB, fps 24, kbps 900');
});
