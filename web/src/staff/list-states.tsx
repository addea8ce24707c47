// What stands above a live list of visits: that it may be out of date, what came in, that it loads, or that it failed.
import { Button } from '../ui/button';
import { NewBar } from '../ui/new-bar';
import type { Row } from '../ui/rows';
import { Failed, Loading, Notice } from '../ui/states';
import { t } from '../ui/words';
import type { LiveList } from './live-list';

export function ListStates<R extends Row>({ visits }: { visits: LiveList<R> }) {
  return (
    <>
      {visits.outdated.value && (
        <Notice tone="warn" icon="warning" title={t('staff-outdated-title')}>
          <p>{t('staff-outdated')}</p>
          <Button small onClick={() => void visits.reload()}>
            {t('try-again')}
          </Button>
        </Notice>
      )}
      <NewBar list={visits.list.value} onShow={visits.showNew} />
      {visits.state.value === 'loading' && <Loading words={t('staff-visits-loading')} />}
      {visits.state.value === 'failed' && (
        <Failed title={t('staff-visits-failed-title')} onRetry={() => void visits.reload()}>
          <p>{t('staff-visits-failed')}</p>
        </Failed>
      )}
    </>
  );
}
