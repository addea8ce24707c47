// A sheet for whoever keeps a firewall: where browsers have to get through, and what each way answered in one test. It names nobody.
import { Button } from '../../ui/button';
import { Glyph, type GlyphName } from '../../ui/glyph';
import { Pill, type Tone } from '../../ui/pill';
import { t } from '../../ui/words';
import type { TestReport } from '../../staff/model';
import { Head } from '../../staff/shell';
import { WithReport } from './load';
import { dashed, whenWords } from './report';

type Way = TestReport['ways'][number];

const LOOKS: Record<Way['answer'], { tone: Tone; icon: GlyphName }> = {
  yes: { tone: 'good', icon: 'check' },
  no: { tone: 'bad', icon: 'x' },
  not_checked: { tone: 'plain', icon: 'unknown' },
};

export function FirewallSheet({ id }: { id: string }) {
  return (
    <section class="page report">
      <WithReport id={id}>{(report) => <Sheet report={report} />}</WithReport>
    </section>
  );
}

function Sheet({ report }: { report: TestReport }) {
  return (
    <>
      <Head title={t('support-ways-title')} sub={report.facility}>
        <a class="button" href={`#report/${report.id}`}>
          <Glyph name="arrowLeft" />
          {t('support-report-back')}
        </a>
        <Button kind="main" icon="file" onClick={() => print()}>
          {t('support-report-print')}
        </Button>
      </Head>
      <p>{t('support-ways-intro')}</p>
      <div class="scroll-x" tabIndex={0} role="group" aria-label={t('support-ways-title')}>
        <table class="report-table">
          <thead>
            <tr>
              {['what', 'where', 'ports', 'protocol', 'answer'].map((column) => (
                <th key={column} scope="col">
                  {t(`support-ways-${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.ways.map((way) => (
              <tr key={way.name}>
                <th scope="row">{t(`support-ways-${dashed(way.name)}`)}</th>
                <td class="report-code">{way.host}</td>
                <td class="report-code">{way.ports}</td>
                <td>{t(`support-ways-protocol-${way.protocol}`)}</td>
                <td>
                  <Pill {...LOOKS[way.answer]}>{answerWords(way)}</Pill>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul class="report-notes">
        <li>{t('support-ways-outwards')}</li>
        <li>{t('support-ways-inwards')}</li>
        <li>{t('support-ways-inspect')}</li>
      </ul>
      <p class="quiet">
        {report.finished_at != null && `${t('support-ways-tested', { when: whenWords(report.finished_at, report.time_zone) })}. `}
        {t('support-ways-nobody')}
      </p>
    </>
  );
}

function answerWords({ answer, after_ms }: Way): string {
  if (answer === 'yes' && after_ms != null) return t('support-ways-yes-after', { ms: Math.round(after_ms) });
  return t(`support-ways-${dashed(answer)}`);
}
