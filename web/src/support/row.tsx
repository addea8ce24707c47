// One coming visit on the desk: when, who, on what phone, how it stands, who has it, and the one thing to do.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Menu, type MenuItem } from '../ui/menu';
import { Pill } from '../ui/pill';
import { tell } from '../ui/status';
import { clockTime } from '../ui/time';
import { language, t } from '../ui/words';
import * as api from '../staff/api';
import type { DeskVisit, Me } from '../staff/model';
import { problemWords } from '../staff/problem';
import { deviceWords, readinessLook, readinessWords } from '../staff/readiness';
import { go } from '../staff/route';
import { now } from '../staff/session';
import { languageName } from '../staff/today/detail';
import { rowAction } from './claim';
import { facilityWords } from './facility';
import { askedWords, holderOf, screenWords, statePill } from './state';

/** A visit so near is told in minutes too. */
const NEAR_MIN = 60;

interface DeskRowProps {
  visit: DeskVisit;
  me: Me;
  /** Then each row says of which it is. */
  severalClinics: boolean;
  gone: boolean;
}

export function DeskRow({ visit, me, severalClinics, gone }: DeskRowProps) {
  const look = readinessLook(visit.readiness, now.value);
  const state = statePill(visit);
  return (
    <li class={`row row-desk ${gone ? 'row-quiet' : ''} ${visit.state === 'needs_help' && !gone ? 'row-asks' : ''}`}>
      <span class="row-time">
        <time dateTime={new Date(visit.starts_at).toISOString()}>{clockTime(visit.starts_at, visit.facility.time_zone, language.value)}</time>
        <Near at={visit.starts_at} />
      </span>
      <span class="row-who">
        <button type="button" class="row-name" onClick={() => go(`session/${visit.id}`)}>
          {visit.patient_name}
        </button>
        <span class="row-what">{whatWords(visit, severalClinics ? facilityWords(visit, me.facility) : undefined)}</span>
      </span>
      <span class="row-pills">
        <Pill tone={state.tone} icon={state.icon}>
          {gone ? t('staff-row-gone') : state.words}
        </Pill>
        <Pill tone={look.tone} icon={look.icon}>
          {readinessWords(visit.readiness, now.value)}
        </Pill>
      </span>
      <Holder visit={visit} me={me.id} />
      <span class="row-actions">
        {!gone && <MainButton visit={visit} me={me.id} />}
        <Menu label={t('staff-more-for', { name: visit.patient_name })} items={menuOf(visit)} />
      </span>
    </li>
  );
}

function Near({ at }: { at: number }) {
  const minutes = Math.ceil((at - now.value) / 60_000);
  if (minutes > NEAR_MIN) return null;
  return <span class={minutes <= 10 ? 'row-late' : 'row-near'}>{minutes > 0 ? t('support-in-minutes', { n: minutes }) : t('support-now')}</span>;
}

function whatWords(visit: DeskVisit, clinic: string | undefined): string {
  const tests = visit.tests > 0 ? t('support-tests', { n: visit.tests }) : undefined;
  return [clinic, languageName(visit.language), deviceWords(visit.readiness.device), tests].filter(Boolean).join(' · ');
}

function Holder({ visit, me }: { visit: DeskVisit; me: string }) {
  const holder = holderOf(visit);
  const first = holder ? (holder.id === me ? t('support-yours') : holder.name) : undefined;
  const second = holder && !holder.at_desk ? t('support-left-desk') : (screenWords(visit) ?? askedWords(visit, now.value));
  return (
    <span class="row-holder">
      {first && <span class="row-holder-name">{first}</span>}
      {second && <span class="row-what">{second}</span>}
    </span>
  );
}

function menuOf({ id, patient_phone: phone }: DeskVisit): MenuItem[] {
  const open: MenuItem = { icon: 'technician', words: t('support-open'), onChoose: () => go(`session/${id}`) };
  return phone ? [open, { icon: 'phone', words: t('call-clinic', { phone }), href: `tel:${phone.replace(/[^+\d]/g, '')}` }] : [open];
}

function MainButton({ visit, me }: { visit: DeskVisit; me: string }) {
  const [busy, setBusy] = useState(false);
  const action = rowAction(visit, me);
  const act = async () => {
    if (action === 'look' || action === 'open') return go(`session/${visit.id}`);
    setBusy(true);
    try {
      await (action === 'claim' ? api.claim(visit.id) : api.takeOver(visit.id));
      go(`session/${visit.id}`);
    } catch (error) {
      tell(problemWords(error), 'bad');
      setBusy(false);
    }
  };
  return (
    <Button small kind={action === 'open' ? 'main' : 'plain'} busy={busy} onClick={() => void act()}>
      {t(`support-action-${action.replaceAll('_', '-')}`)}
    </Button>
  );
}
