// What stood in the way of tests, the most frequent first, as bars of one length scale.
import { t } from '../../ui/words';
import { Bar } from './bars';
import { causeName, type Line } from './lines';

export function Causes({ causes }: { causes: NonNullable<Line['causes']> }) {
  if (causes.length === 0) return null;
  const most = Math.max(...causes.map((cause) => cause.count));
  return (
    <table class="connections-table">
      <caption>{t('staff-connections-causes')}</caption>
      <tbody>
        {causes.map(({ cause, count }) => (
          <tr key={cause ?? ''}>
            <th scope="row">{causeName(cause)}</th>
            <td class="connections-bar connections-bar-cause">
              <Bar share={Math.round((100 * count) / most)} />
            </td>
            <td class="connections-number">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
