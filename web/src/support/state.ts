// How a visit stands on the desk, as one pill.
import type { Look, PillLook } from '../ui/pill';
import { t } from '../ui/words';
import { ageWords } from '../staff/readiness';
import type { DeskState, DeskVisit } from '../staff/model';

const LOOKS: Record<DeskState, Look> = {
  new: { tone: 'plain', icon: 'clock' },
  texted: { tone: 'info', icon: 'link' },
  testing_now: { tone: 'info', icon: 'signal' },
  needs_help: { tone: 'bad', icon: 'technician' },
  passed: { tone: 'good', icon: 'check' },
  phone_only: { tone: 'warn', icon: 'phone' },
};

export const stateWords = (state: DeskState) => t(`support-state-${state.replaceAll('_', '-')}`);

export function statePill(visit: DeskVisit): PillLook {
  const words = visit.test_call?.open ? t('support-in-test-call') : stateWords(visit.state);
  return { ...LOOKS[visit.state], words };
}

/** "The patient asks, 3 min ago", while the request is open. */
export function askedWords({ help }: DeskVisit, now: number): string | undefined {
  if (!help || help.state === 'done' || help.state === 'withdrawn' || help.asked_by === 'technician') return undefined;
  return [t(`support-asked-by-${help.asked_by}`), ageWords(help.asked_at, now)].join(', ');
}

/** The name of the patient's screen, while they are connected: never what is on it. */
export function screenWords({ screen }: DeskVisit): string | undefined {
  return screen ? t(`staff-screen-${screen.replaceAll('_', '-')}`) : undefined;
}

/** Who has an open request. */
export function holderOf({ help }: DeskVisit) {
  return help?.state === 'claimed' || help?.state === 'testing' ? help.holder : undefined;
}
