// A single laboratory result: where it lies beside the usual range, or what was found, with the earlier findings.
import type { Finding, LabResult } from '../../../core/records/content';
import { day, meaning, Newest, number, Range, rangeWords, t, UnitWords } from './words';

export function LabResultView({ lab }: { lab: LabResult }) {
  const { result, unit, reference = {}, earlier = [] } = lab;
  const { value } = result;
  return (
    <>
      <Newest
        label={t('record-result')}
        value={value === undefined ? result.words : number(value)}
        unit={value === undefined ? '' : unit}
        flag={result.flag}
      />
      {value !== undefined && <Ruler lab={lab} value={value} />}
      <Range reference={reference} unit={unit} />
      <UnitWords unit={unit} words={lab.unit_words} />
      {earlier.length > 0 && <Earlier findings={earlier} />}
      <p class="small">{t('record-taken', { date: day(result.at) })}</p>
    </>
  );
}

const WIDTH = 340;
const EDGE = 24;

/** The usual range as a stretch of a line, and the value's place on it. */
function Ruler({ lab, value }: { lab: LabResult; value: number }) {
  const { low, high } = lab.reference ?? {};
  if (low === undefined && high === undefined) return null;
  const known = [low, high, value].filter((one) => one !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const around = (most - least || Math.abs(most) || 1) * 0.3;
  const x = (one: number) => EDGE + ((one - least + around) / (most - least + 2 * around)) * (WIDTH - 2 * EDGE);
  const [from, to] = [low === undefined ? EDGE : x(low), high === undefined ? WIDTH - EDGE : x(high)];
  const said = [`${lab.title}: ${number(value)} ${lab.unit}.`, lab.result.flag && meaning(lab.result.flag), rangeWords(lab.reference ?? {}, lab.unit)];
  return (
    <svg class="chart ruler" viewBox={`0 0 ${WIDTH} 76`} role="img" aria-label={said.filter(Boolean).join(' ')}>
      <rect class="track" x={EDGE} y={34} width={WIDTH - 2 * EDGE} height={12} rx={6} />
      <rect class="band" x={from} y={34} width={to - from} height={12} rx={6} />
      <g class="tick">
        {[low, high].map(
          (edge) =>
            edge !== undefined && (
              <text key={edge} x={x(edge)} y={66} text-anchor="middle">
                {number(edge)}
              </text>
            ),
        )}
      </g>
      <g class={`point newest-point ${lab.result.flag ?? ''}`}>
        <text x={x(value)} y={18} text-anchor="middle">
          {number(value)}
        </text>
        <path d={`M${x(value)} 40l9 -16h-18z`} />
      </g>
    </svg>
  );
}

function Earlier({ findings }: { findings: Finding[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('record-date')}</th>
          <th scope="col">{t('record-earlier')}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ at, words }, i) => (
          <tr key={i} data-point={`earlier-${i}`}>
            <td>{day(at, 'short')}</td>
            <td>{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
