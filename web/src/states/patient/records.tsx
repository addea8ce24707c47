// Every kind of the record as it stands on the patient's screen, alone: the whole of it and what follows when one looks closer.
import { CallScreen } from '../../patient/live/call/screen';
import { record } from '../../patient/live/record/part';
import * as sheet from '../../patient/live/record/sheet';
import type { LiveSeat } from '../../patient/live/seat';
import type { State } from '../catalogue';
import { KINDS, snippet, TREND } from '../record';
import { DOCTOR, ME, people } from './calling';
import { cameraOn, live, person, tap } from './facts';

function shown(name: keyof typeof KINDS, then?: () => Promise<void>, more = ''): State {
  const draw = () => {
    const seat = live();
    cameraOn();
    people(seat, [DOCTOR]);
    record.value = sheet;
    seat.snippets.value = [snippet(name, KINDS[name])];
    seat.audience.value = new Map([[name, [ME.seat]]]);
    return <CallScreen seat={seat} />;
  };
  return { name: `record ${name}${more}`, draw, ...(then ? { then } : {}) };
}

/** An interpreter sees what they are included in and decides nothing about it. */
function forInterpreter(name: string, change: (seat: LiveSeat) => void): State {
  const draw = () => {
    const seat = live('interpreter');
    cameraOn();
    people(seat, [DOCTOR, person('maria', 'patient', 'Maria Santos')], {}, person('mine', 'interpreter', 'Ana Gómez'));
    record.value = sheet;
    change(seat);
    return <CallScreen seat={seat} />;
  };
  return { name: `record ${name}`, draw };
}

function included(seat: LiveSeat): void {
  seat.snippets.value = [TREND];
  seat.audience.value = new Map([[TREND.id, ['maria', 'mine']]]);
}

const KIND_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];

export const records: readonly State[] = [
  ...KIND_NAMES.map((name) => shown(name)),
  shown('lab trend', () => tap('.record-body .button, .record-body button'), ' as a table'),
  shown('vital signs', () => tap('.record-body .button, .record-body button'), ' as a table'),
  shown('document', () => tap('.scan-turn button:last-child'), ' on its second page'),
  forInterpreter('for an interpreter', included),
  forInterpreter('that an interpreter was taken out of', (seat) => (seat.recordNews.value = 'gone')),
];
