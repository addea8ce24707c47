// The panel beside the list: one visit whole, with what the equipment test found and what has happened so far.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, IconButton } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { Pill } from '../../ui/pill';
import { clockTime, dateWords, dayWords } from '../../ui/time';
import { hasWords, language, t } from '../../ui/words';
import * as api from '../api';
import { arrivalPill, isOver } from '../arrival';
import type { AuditLine, Facility, Visit } from '../model';
import { ageWords, causeWords, deviceWords, readinessLook, readinessWords } from '../readiness';
import { go } from '../route';
import { now } from '../session';
import { toldWords } from './told';
import { visitMenu, type Asked } from './actions';
import { CompanionList } from './companions';
import { ShownList } from './shown';
import { TimelineSection } from './timeline/timeline';

export function Detail({
  visit,
  facility,
  onAsk,
  onClose,
}: {
  visit: Visit;
  facility: Facility;
  onAsk: (asked: Asked) => void;
  onClose: () => void;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [visit.id]);
  const zone = facility.time_zone;
  const told = visit.seats.find((seat) => seat.role === 'patient')?.told;
  const arrival = arrivalPill(visit, now.value);
  const look = readinessLook(visit.readiness, now.value);
  return (
    <aside class="detail" aria-label={t('staff-detail')} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header>
        <div>
          <h2 ref={title} tabIndex={-1}>
            {visit.patient.name}
          </h2>
          <p class="quiet">{t('staff-born-on', { date: dateWords(visit.patient.born, language.value) })}</p>
        </div>
        <IconButton icon="x" label={t('close')} onClick={onClose} />
      </header>
      <div class="detail-pills">
        <Pill tone={arrival.tone} icon={arrival.icon}>
          {arrival.words}
        </Pill>
        <Pill tone={look.tone} icon={look.icon}>
          {readinessWords(visit.readiness, now.value)}
        </Pill>
      </div>
      {!isOver(visit) && (
        <div class="detail-actions">
          <Button kind="main" icon="camera" onClick={() => go(`visit/${visit.id}`)}>
            {t(visit.arrival === 'in_visit' ? 'staff-return' : 'staff-start')}
          </Button>
          <Menu label={t('staff-more-for', { name: visit.patient.name })} words={t('staff-more')} items={visitMenu(visit, onAsk)} />
        </div>
      )}
      <dl class="facts">
        <Fact name={t('staff-when')}>
          {dayWords(visit.starts_at, zone, language.value)}, {clockTime(visit.starts_at, zone, language.value)}–
          {clockTime(visit.ends_at, zone, language.value)}
        </Fact>
        <Fact name={t('staff-reason')}>{visit.reason_words[language.value]}</Fact>
        <Fact name={t('staff-clinician')}>{visit.clinician.name}</Fact>
        <Fact name={t('staff-phone')}>
          {visit.patient.phone ? <a href={`tel:${visit.patient.phone.replace(/[^+\d]/g, '')}`}>{visit.patient.phone}</a> : t('staff-none')}
        </Fact>
        <Fact name={t('staff-language')}>{languageName(visit.patient.language)}</Fact>
        {told && <Fact name={t('staff-told')}>{toldWords(told, now.value)}</Fact>}
      </dl>
      <CompanionList visit={visit} onAsk={onAsk} />
      <Equipment visit={visit} />
      <TimelineSection visit={visit} zone={zone} />
      <ShownList visit={visit} zone={zone} />
      <History visit={visit} zone={zone} />
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function languageName(code: string): string {
  return hasWords(`language-${code}`) ? t(`language-${code}`) : code;
}

function Equipment({ visit }: { visit: Visit }) {
  const { readiness, test_call: call, help } = visit;
  const device = deviceWords(readiness.device);
  return (
    <section>
      <h3>{t('staff-equipment')}</h3>
      {readiness.mode === 'not_checked' ? (
        <p>{t('staff-equipment-none')}</p>
      ) : (
        <p>
          {t(`staff-mode-means-${readiness.mode.replaceAll('_', '-')}`)}
          {readiness.cause && ` ${t('staff-cause-line', { cause: causeWords(readiness.cause) })}`}
          {readiness.at != null && ` ${t('staff-checked', { ago: ageWords(readiness.at, now.value) })}`}
        </p>
      )}
      {device && <p class="quiet">{device}</p>}
      {call?.outcome && <p>{t('staff-test-call-line', { outcome: t(`support-outcome-${call.outcome.replaceAll('_', '-')}`) })}</p>}
      {call?.note && <blockquote>{call.note}</blockquote>}
      {help && <p>{help.helper ? t('staff-help-line-by', { name: help.helper }) : t('staff-help-line', { ago: ageWords(help.asked_at, now.value) })}</p>}
    </section>
  );
}

/** What the audit holds of this visit, newest first; entries this page has no words for are left to the audit itself. */
function History({ visit, zone }: { visit: Visit; zone: string }) {
  const [lines, setLines] = useState<AuditLine[] | 'failed'>();
  useEffect(() => {
    api.audit(visit.id).then(setLines, () => setLines('failed'));
  }, [visit.id, visit.arrival, visit.state]);
  const known = Array.isArray(lines) ? lines.filter((line) => hasWords(auditWord(line))) : [];
  return (
    <section>
      <h3>{t('staff-history')}</h3>
      {lines === undefined && <p class="quiet">{t('staff-history-loading')}</p>}
      {lines === 'failed' && <p class="quiet">{t('staff-history-failed')}</p>}
      {Array.isArray(lines) && known.length === 0 && <p class="quiet">{t('staff-history-empty')}</p>}
      <ol class="history">
        {[...known]
          .reverse()
          .slice(0, 30)
          .map((line) => (
            <li key={line.seq}>
              <time>{clockTime(line.at, zone, language.value)}</time>
              <span>{[ownSeat(visit, line), t(auditWord(line))].filter(Boolean).join(': ')}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}

function auditWord(line: AuditLine): string {
  return `staff-audit-${line.action.replaceAll(/[._]/g, '-')}`;
}

/** Most of a visit's history is the patient's; others are named. */
function ownSeat(visit: Visit, line: AuditLine): string | undefined {
  return visit.seats.find((seat) => seat.seat === line.seat && seat.role !== 'patient')?.name;
}
