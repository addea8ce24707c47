// Reads one equipment test for the report and for the firewall's sheet, and says so while it does or where it cannot.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failed, Loading } from '../../ui/states';
import { t } from '../../ui/words';
import * as api from '../../staff/api';
import type { TestReport } from '../../staff/model';

export function WithReport({ id, children }: { id: string; children: (report: TestReport) => ComponentChildren }) {
  const [report, setReport] = useState<TestReport | 'failed'>();
  const load = () => {
    setReport(undefined);
    api.testReport(id).then(setReport, () => setReport('failed'));
  };
  useEffect(load, [id]);
  if (report === undefined) return <Loading wholePage words={t('support-report-loading')} />;
  if (report !== 'failed') return <>{children(report)}</>;
  return (
    <Failed title={t('support-report-failed-title')} onRetry={load}>
      <p>{t('support-report-failed')}</p>
    </Failed>
  );
}
