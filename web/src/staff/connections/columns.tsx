// The weeks as columns, a share each; the same numbers stand in the table that opens below.
import { t } from '../../ui/words';
import { Bars } from './bars';
import { lineName, share, type Table, type What } from './lines';

const HEIGHT = 120;
const STEP = 56;
const WIDTH = 32;
const FOOT = 24;
const TOP = 20;

export function Columns({ table, what, zone }: { table: Table; what: What; zone: string }) {
  const weeks = table.lines.filter((line) => line.name != null);
  if (weeks.length === 0) return <Bars table={table} what={what} zone={zone} />;
  const width = weeks.length * STEP;
  return (
    <figure class="connections-weeks">
      <figcaption>{t('staff-connections-by-week')}</figcaption>
      <div class="scroll-x" tabIndex={0} role="group" aria-label={t('staff-connections-by-week')}>
        <svg viewBox={`0 0 ${width} ${TOP + HEIGHT + FOOT}`} width={width} height={TOP + HEIGHT + FOOT} aria-hidden="true">
          <line class="columns-line" x1="0" x2={width} y1={TOP} y2={TOP} />
          <line class="columns-line" x1="0" x2={width} y1={TOP + HEIGHT / 2} y2={TOP + HEIGHT / 2} />
          <line class="columns-base" x1="0" x2={width} y1={TOP + HEIGHT} y2={TOP + HEIGHT} />
          {weeks.map((line, at) => {
            const high = (HEIGHT * share(line)) / 100;
            const middle = at * STEP + STEP / 2;
            return (
              <g key={line.name}>
                <rect class="bar-good" x={middle - WIDTH / 2} y={TOP + HEIGHT - high} width={WIDTH} height={high} rx="3" />
                <text class="columns-share" x={middle} y={TOP + HEIGHT - high - 5} text-anchor="middle">
                  {t('staff-connections-share', { share: share(line) })}
                </text>
                <text class="columns-week" x={middle} y={TOP + HEIGHT + 17} text-anchor="middle">
                  {lineName('week', line.name, zone).split(', ').at(-1)}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <details>
        <summary>{t('staff-connections-as-table')}</summary>
        <Bars table={table} what={what} zone={zone} />
      </details>
    </figure>
  );
}
