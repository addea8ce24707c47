// One equipment test, to be read and printed: for whom, on what, and every check with what it measured. Nothing clinical.
import { Button } from '../../ui/button';
import { Glyph, type GlyphName } from '../../ui/glyph';
import { Pill, type Tone } from '../../ui/pill';
import { clockTime, dayWords, zoneWords } from '../../ui/time';
import { hasWords, language, t } from '../../ui/words';
import { Head } from '../../staff/shell';
import type { TestReport } from '../../staff/model';
import { causeWords, deviceWords } from '../../staff/readiness';
import { WithReport } from './load';

type Check = TestReport['checks'][number];

const LOOKS: Record<Check['outcome'], { tone: Tone; icon: GlyphName }> = {
  pass: { tone: 'good', icon: 'check' },
  warn: { tone: 'warn', icon: 'warning' },
  fail: { tone: 'bad', icon: 'x' },
  not_checked: { tone: 'plain', icon: 'unknown' },
};

export function ReportView({ id }: { id: string }) {
  return (
    <section class="page report">
      <WithReport id={id}>{(report) => <Report report={report} />}</WithReport>
    </section>
  );
}

function Report({ report }: { report: TestReport }) {
  const zone = report.time_zone;
  const when = (at: number) => whenWords(at, zone);
  return (
    <>
      <Head title={t('staff-page-report')} sub={report.facility}>
        <a class="button" href={`#firewall/${report.id}`}>
          <Glyph name="shield" />
          {t('support-report-ways-link')}
        </a>
        <a class="button" href={`/api/v1/support/equipment-tests/${encodeURIComponent(report.id)}`}>
          <Glyph name="file" />
          {t('support-report-json')}
        </a>
        <Button kind="main" icon="file" onClick={() => print()}>
          {t('support-report-print')}
        </Button>
      </Head>
      <dl class="facts">
        <Fact name={t('support-report-who')}>{report.name}</Fact>
        <Fact name={t('support-report-visit')}>{when(report.visit_starts_at)}</Fact>
        <Fact name={t('support-report-when')}>{report.finished_at != null ? when(report.finished_at) : t('support-report-unfinished')}</Fact>
        <Fact name={t('support-report-device')}>{deviceWords(report.device) ?? t('staff-none')}</Fact>
        {report.mode && (
          <Fact name={t('support-report-outcome')}>
            {t(`staff-mode-${report.mode.replaceAll('_', '-')}`)}
            {report.cause && ` – ${causeWords(report.cause)}`}
          </Fact>
        )}
      </dl>
      <h2>{t('support-report-checks')}</h2>
      {report.checks.length === 0 ? <p>{t('support-report-no-checks')}</p> : <Checks checks={report.checks} />}
      <p class="quiet">{t('support-report-reference', { id: report.id })}</p>
    </>
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

function Checks({ checks }: { checks: Check[] }) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={t('support-report-checks')}>
      <table class="report-table">
        <thead>
          <tr>
            <th scope="col">{t('support-report-check')}</th>
            <th scope="col">{t('support-report-outcome')}</th>
            <th scope="col">{t('support-report-cause')}</th>
            <th scope="col">{t('support-report-measured')}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name}>
              <th scope="row">{t(`support-report-${dashed(check.name)}`)}</th>
              <td>
                <Pill {...LOOKS[check.outcome]}>{t(`support-report-${dashed(check.outcome)}`)}</Pill>
              </td>
              <td>{check.cause ? checkCause(check.cause) : ''}</td>
              <td class="report-values">{valuesWords(check.values ?? {})}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A check's own cause is a word for technicians; where the catalogue has it, in words. */
function checkCause(cause: string): string {
  return hasWords(`staff-cause-${dashed(cause)}`) ? causeWords(cause) : cause.replaceAll('_', ' ');
}

/** "first_frame_ms" is what programs read; people read "first frame 300 ms". */
export function valuesWords(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const [, words = name, unit = ''] = /^(.+?)(?:_(ms|db|kbps|s))?$/.exec(name) ?? [];
      return `${words.replaceAll('_', ' ')} ${value}${unit ? ` ${UNITS[unit] ?? unit}` : ''}`;
    })
    .join(', ');
}

const UNITS: Record<string, string> = { db: 'dB', kbps: 'kbit/s' };

export function whenWords(at: number, zone: string): string {
  return `${dayWords(at, zone, language.value)}, ${clockTime(at, zone, language.value)} ${zoneWords(at, zone, language.value)}`;
}

export function dashed(word: string): string {
  return word.replaceAll('_', '-');
}
