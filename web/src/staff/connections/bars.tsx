// A table whose shares are drawn as bars in their own rows: the plot and its numbers are one thing.
import { t } from '../../ui/words';
import { causesWords, lineName, share, type Table, type What } from './lines';

export function Bars({ table, what, zone }: { table: Table; what: What; zone: string }) {
  const withCauses = table.lines.some((line) => (line.causes ?? []).length > 0);
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={t(`staff-connections-by-${table.by}`)}>
      <table class="connections-table">
        <caption>{t(`staff-connections-by-${table.by}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`staff-connections-name-${table.by}`)}</th>
            <th scope="col" colSpan={2}>
              {t(`staff-connections-good-${what}`)}
            </th>
            {withCauses && <th scope="col">{t('staff-connections-causes')}</th>}
          </tr>
        </thead>
        <tbody>
          {table.lines.map((line) => (
            <tr key={line.name ?? ''}>
              <th scope="row">{lineName(table.by, line.name, zone)}</th>
              <td class="connections-bar">
                <Bar share={share(line)} />
              </td>
              <td class="connections-number">
                <strong>{t('staff-connections-share', { share: share(line) })}</strong>{' '}
                <span class="quiet">{t('staff-connections-of', { good: line.good, all: line.good + line.bad })}</span>
              </td>
              {withCauses && <td class="connections-causes">{causesWords(line.causes)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Its number stands beside it. */
export function Bar({ share }: { share: number }) {
  return (
    <svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-all" width="100" height="10" />
      <rect class="bar-good" width={share} height="10" />
    </svg>
  );
}
