// One coming visit on the desk: when, who, on what phone, what the last check found, where they are now, the test call.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Menu, type MenuItem } from '../ui/menu';
import { Pill } from '../ui/pill';
import { tell } from '../ui/status';
import { clockTime } from '../ui/time';
import { language, t } from '../ui/words';
import { arrivalPill } from '../staff/arrival';
import { needsHelp } from './needs';
import * as api from '../staff/api';
import type { DeskVisit, Me } from '../staff/model';
import { problemWords } from '../staff/problem';
import { deviceWords, readinessLook, readinessWords } from '../staff/readiness';
import { go } from '../staff/route';
import { now } from '../staff/session';
import { languageName } from '../staff/today/detail';

export function DeskRow({ visit, me, gone }: { visit: DeskVisit; me: Me; gone: boolean }) {
  const look = readinessLook(visit.readiness, now.value);
  const where = deskPill(visit);
  const phone = visit.patient_phone;
  const menu: MenuItem[] = phone
    ? [{ icon: 'phone', words: t('call-clinic', { phone }), href: `tel:${phone.replace(/[^+\d]/g, '')}` }]
    : [];
  return (
    <li class={`row row-desk ${gone ? 'row-quiet' : ''}`}>
      <span class="row-time">
        <time dateTime={new Date(visit.starts_at).toISOString()}>{clockTime(visit.starts_at, me.facility.time_zone, language.value)}</time>
      </span>
      <span class="row-who">
        <span class="row-name">{visit.patient_name}</span>
        <span class="row-what">{whatWords(visit)}</span>
      </span>
      <span class="row-pills">
        <Pill tone={where.tone} icon={where.icon}>
          {gone ? t('staff-row-gone') : where.words}
        </Pill>
        <Pill tone={look.tone} icon={look.icon}>
          {readinessWords(visit.readiness, now.value)}
        </Pill>
      </span>
      <span class="row-actions">
        {!gone && <TestCallButton visit={visit} />}
        {menu.length > 0 && <Menu label={t('staff-more-for', { name: visit.patient_name })} items={menu} />}
      </span>
      {visit.test_call && <p class="row-note">{testCallWords(visit)}</p>}
    </li>
  );
}

function whatWords(visit: DeskVisit): string {
  const tests = visit.tests > 0 ? t('support-tests', { n: visit.tests }) : undefined;
  return [languageName(visit.language), deviceWords(visit.readiness.device), tests].filter(Boolean).join(' · ');
}

/** The most telling of: asks for help, in a test call, the name of the patient's screen, arrival. */
function deskPill(visit: DeskVisit): ReturnType<typeof arrivalPill> {
  if (visit.test_call?.open) return { tone: 'info', icon: 'technician', words: t('support-in-test-call') };
  if (needsHelp(visit) && visit.help_asked_at != null) return { tone: 'bad', icon: 'technician', words: t('support-needs-help') };
  const pill = arrivalPill({ state: 'booked', arrival: visit.arrival }, now.value);
  const early = visit.arrival === 'arriving' || visit.arrival === 'testing';
  return early && visit.screen ? { ...pill, words: t(`staff-screen-${visit.screen.replaceAll('_', '-')}`) } : pill;
}

function testCallWords(visit: DeskVisit): string {
  const call = visit.test_call;
  if (!call) return '';
  if (call.open) return t('support-with', { staff: call.staff ?? '' });
  if (!call.outcome) return t('support-ended-without', { staff: call.staff ?? '' });
  return [t('support-ended-by', { outcome: t(`support-outcome-${call.outcome.replaceAll('_', '-')}`), staff: call.staff ?? '' }), call.note]
    .filter(Boolean)
    .join(' ');
}

function TestCallButton({ visit }: { visit: DeskVisit }) {
  const [busy, setBusy] = useState(false);
  if (visit.arrival === 'in_visit' || visit.arrival === 'done') return null;
  const open = visit.test_call?.open;
  const start = async () => {
    setBusy(true);
    try {
      go(`test-call/${(await api.startTestCall(visit.id)).visit}`);
    } catch (error) {
      tell(problemWords(error), 'bad');
      setBusy(false);
    }
  };
  return (
    <Button small busy={busy} onClick={() => void start()}>
      {t(open ? 'support-return' : 'support-start')}
    </Button>
  );
}
