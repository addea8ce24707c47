// The checks of the newest test as they come, each with what it measured, what it should be, how it was before, and a way to run it again.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { Pill, type Tone } from '../ui/pill';
import type { GlyphName } from '../ui/glyph';
import { tell } from '../ui/status';
import { hasWords, t } from '../ui/words';
import * as api from '../staff/api';
import type { Check, CheckName, EquipmentTest } from '../staff/model';
import { problemWords } from '../staff/problem';
import { good, measured, type Said } from './measures';

type CheckOutcome = Check['outcome'];

const LOOKS: Record<CheckOutcome, { tone: Tone; icon: GlyphName }> = {
  pass: { tone: 'good', icon: 'check' },
  warn: { tone: 'warn', icon: 'warning' },
  fail: { tone: 'bad', icon: 'x' },
  not_checked: { tone: 'plain', icon: 'unknown' },
};

/** What a person can do something about comes first. */
const ORDER: readonly string[] = [
  'permission', 'camera', 'microphone', 'speaker', 'environment', 'path', 'connect', 'signaling', 'round_trip', 'jitter',
  'loss_up', 'loss_down', 'bitrate_up', 'bitrate_down', 'sound_score', 'device_load', 'record_channel',
];

const dashed = (word: string) => word.replaceAll('_', '-');
const nameWords = (name: CheckName) => t(`support-check-${dashed(name)}`);

export function CheckTable({ visit, tests, canRun }: { visit: string; tests: readonly EquipmentTest[]; canRun: boolean }) {
  const [newest, ...before] = tests;
  if (!newest) return null;
  const names = namesOf(tests);
  return (
    <table class="checks">
      <thead>
        <tr>
          <th scope="col">{t('support-col-check')}</th>
          <th scope="col">{t('support-col-result')}</th>
          <th scope="col">{t('support-col-value')}</th>
          <th scope="col">{t('support-col-good')}</th>
          <th scope="col">{t('support-col-before')}</th>
          <th scope="col">
            <span class="unseen">{t('support-col-again')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <CheckLine key={name} visit={visit} name={name} test={newest} before={before} canRun={canRun} />
        ))}
      </tbody>
    </table>
  );
}

function namesOf(tests: readonly EquipmentTest[]): CheckName[] {
  const names = new Set(tests.flatMap((test) => test.checks.map((check) => check.name)));
  return [...names].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

interface CheckLineProps {
  visit: string;
  name: CheckName;
  test: EquipmentTest;
  before: readonly EquipmentTest[];
  canRun: boolean;
}

function CheckLine({ visit, name, test, before, canRun }: CheckLineProps) {
  const check = find(test, name);
  const running = !check && test.finished_at == null;
  const look = LOOKS[check?.outcome ?? 'not_checked'];
  return (
    <tr>
      <th scope="row">{nameWords(name)}</th>
      <td>
        <Pill tone={running ? 'info' : look.tone} icon={running ? 'hourglass' : look.icon}>
          {running ? t('support-check-running') : resultWords(check)}
        </Pill>
      </td>
      <td class="number">{valueWords(check)}</td>
      <td class="number quiet">{goodWords(name)}</td>
      <td>
        <Trend name={name} tests={before} />
      </td>
      <td>{canRun && <Again visit={visit} name={name} />}</td>
    </tr>
  );
}

const find = (test: EquipmentTest, name: CheckName) => test.checks.find((check) => check.name === name);

function resultWords(check: Check | undefined): string {
  const outcome = t(`support-result-${dashed(check?.outcome ?? 'not_checked')}`);
  const cause = check?.cause ? `support-why-${dashed(check.cause)}` : undefined;
  return cause && hasWords(cause) ? `${outcome}, ${t(cause)}` : outcome;
}

const unitWords = ({ unit, n }: Said) => t(`support-unit-${unit}`, { n });

function valueWords(check: Check | undefined): string | undefined {
  const value = measured(check);
  return value && unitWords(value);
}

function goodWords(name: CheckName): string {
  const wanted = good(name);
  return wanted ? t(`support-good-${wanted.at}`, { value: unitWords(wanted) }) : '';
}

/** The same check in earlier tests, oldest first: a mark each, and in words for who does not see marks. */
function Trend({ name, tests }: { name: CheckName; tests: readonly EquipmentTest[] }) {
  const earlier = tests.map((test) => find(test, name)).filter((check) => check !== undefined);
  if (earlier.length === 0) return null;
  const oldestFirst = [...earlier].slice(0, 6).reverse();
  return (
    <ol class="trend">
      {oldestFirst.map((check, place) => (
        <li key={place} class={`trend-mark trend-${check.outcome}`} title={markWords(check)}>
          <span class="unseen">{markWords(check)}</span>
        </li>
      ))}
    </ol>
  );
}

function markWords(check: Check): string {
  return [resultWords(check), valueWords(check)].filter(Boolean).join(', ');
}

function Again({ visit, name }: { visit: string; name: CheckName }) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await api.runCheck(visit, name);
      tell(t('support-check-asked', { check: nameWords(name) }));
    } catch (error) {
      tell(problemWords(error), 'bad');
    }
    setBusy(false);
  };
  return (
    <Button small kind="quiet" busy={busy} onClick={() => void run()}>
      {t('support-run-again')}
      <span class="unseen">: {nameWords(name)}</span>
    </Button>
  );
}
