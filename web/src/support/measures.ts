// What each check of the equipment test measured, in the unit a technician speaks of, beside what it should be.
// The numbers of "should be" are those that the patient's page judges by.
import { THRESHOLDS as T } from '../core/checks/thresholds';
import type { Check, CheckName } from '../staff/model';

interface Measure {
  /** The measurement's name in the report. */
  key: string;
  unit: 'ms' | 'fps' | 'db' | 'percent' | 'kbps' | 'score';
  /** Where "good" ends, in the report's own numbers. */
  good: { from: number } | { below: number };
}

const LOSS: Measure = { key: 'share', unit: 'percent', good: { below: T.loss.pass } };
const BITRATE: Measure = { key: 'kbps', unit: 'kbps', good: { from: T.bitrate.passKbps } };

const MEASURES: Partial<Record<CheckName, Measure>> = {
  camera: { key: 'fps', unit: 'fps', good: { from: T.camera.passFps } },
  microphone: { key: 'rms_db', unit: 'db', good: { from: T.microphone.passDb } },
  signaling: { key: 'total_ms', unit: 'ms', good: { below: T.signaling.passMs } },
  path: { key: 'udp_connect_ms', unit: 'ms', good: { below: T.path.connectWarnMs } },
  connect: { key: 'connect_ms', unit: 'ms', good: { below: T.connect.passMs } },
  round_trip: { key: 'ms', unit: 'ms', good: { below: T.roundTrip.passMs } },
  jitter: { key: 'ms', unit: 'ms', good: { below: T.jitter.passMs } },
  loss_up: LOSS,
  loss_down: LOSS,
  bitrate_up: BITRATE,
  bitrate_down: BITRATE,
  sound_score: { key: 'mos', unit: 'score', good: { from: T.soundScore.pass } },
  device_load: { key: 'share', unit: 'percent', good: { below: T.deviceLoad.pass } },
  record_channel: { key: 'echo_ms', unit: 'ms', good: { below: T.recordChannel.passMs } },
};

/** A number as it is said: with its unit, and a share in hundredths. */
export interface Said {
  unit: Measure['unit'];
  n: number;
}

export function measured(check: Check | undefined): Said | undefined {
  const measure = check && MEASURES[check.name];
  const value = measure && check.values?.[measure.key];
  return value === undefined ? undefined : said(measure!.unit, value);
}

export function good(name: CheckName): ({ at: 'from' | 'below' } & Said) | undefined {
  const measure = MEASURES[name];
  if (!measure) return undefined;
  return 'from' in measure.good
    ? { at: 'from', ...said(measure.unit, measure.good.from) }
    : { at: 'below', ...said(measure.unit, measure.good.below) };
}

function said(unit: Measure['unit'], value: number): Said {
  const n = unit === 'percent' ? value * 100 : value;
  return { unit, n: Math.abs(n) < 10 ? Math.round(n * 10) / 10 : Math.round(n) };
}
