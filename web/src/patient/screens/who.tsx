// Who are you? Three number fields with autofill; after the last try the clinic is asked.
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../../core/api';
import { language, t } from '../../ui/words';
import { askToBeLetIn, identify, type BirthDate } from '../gateway';
import { enter, phone, place, refreshSeat, seat, startOver, troubleOf } from '../journey';
import { Alert, Button, CallClinic, Screen } from '../parts';

type Part = keyof BirthDate;
/** In the order in which people say a date. */
const ORDER: Readonly<Record<'en' | 'es', readonly Part[]>> = { en: ['month', 'day', 'year'], es: ['day', 'month', 'year'] };
const DIGITS: Readonly<Record<Part, number>> = { day: 2, month: 2, year: 4 };

interface Wrong {
  title: string;
  body?: string;
}

export function WhoAreYou() {
  const [born, setBorn] = useState<Record<Part, string>>({ year: '', month: '', day: '' });
  const [wrong, setWrong] = useState<Wrong>();
  const id = seat.value?.join.seat ?? '';
  const parts = ORDER[language.value];

  const send = async () => {
    setWrong(undefined);
    try {
      enter(await identify(id, { year: number(born.year), month: number(born.month), day: number(born.day) }));
    } catch (error) {
      setWrong(await whatIsWrong(error, born));
    }
  };
  const typed = (part: Part, text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, DIGITS[part]);
    setBorn({ ...born, [part]: digits });
    const next = parts[parts.indexOf(part) + 1];
    if (digits.length === DIGITS[part] && next) document.getElementById(`born-${next}`)?.focus();
  };

  return (
    <Screen
      help="who_are_you"
      title={t('who-title')}
      actions={
        <>
          <Button onTap={send}>{t('continue')}</Button>
          <Button kind="second" onTap={() => ask(id)}>
            {t('who-ask')}
          </Button>
          <CallClinic />
        </>
      }
    >
      <p>{t('who-why')}</p>
      <form
        class="birth"
        aria-label={t('who-title')}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {parts.map((part) => (
          <label key={part} class={part}>
            <span>{t(`who-${part}`)}</span>
            <input
              id={`born-${part}`}
              type="text"
              inputMode="numeric"
              autocomplete={`bday-${part}`}
              maxLength={DIGITS[part]}
              placeholder={t(`who-${part}-hint`)}
              value={born[part]}
              aria-invalid={wrong !== undefined}
              aria-describedby={wrong ? 'born-wrong' : undefined}
              onInput={(event) => typed(part, event.currentTarget.value)}
            />
          </label>
        ))}
        <button type="submit" hidden />
      </form>
      <div id="born-wrong">{wrong && <Alert title={wrong.title}>{wrong.body && <span>{wrong.body}</span>}</Alert>}</div>
    </Screen>
  );
}

const number = (text: string): number | null => (text === '' ? null : Number(text));

async function whatIsWrong(error: unknown, born: Record<Part, string>): Promise<Wrong | undefined> {
  const { code, facts, status } = error instanceof ApiError ? error : new ApiError('offline', 0, '');
  if (code === 'birth_incomplete') return { title: t(born.year.length === 4 ? 'who-not-a-date' : 'who-incomplete') };
  if (code === 'birth_mismatch') return { title: t('who-mismatch'), body: t('who-tries', { tries: Number(facts['tries_left'] ?? 1) }) };
  if (code === 'locked_out') place.value = { at: 'locked_out' };
  else if (status === 404) await startOver();
  else return { title: t(`problem-${troubleOf(error)}`, { phone: phone.value }) };
  return undefined;
}

async function ask(id: string): Promise<void> {
  await askToBeLetIn(id).catch(() => undefined);
  askedFor = id;
  place.value = { at: 'locked_out' };
}

/** The seat for which the clinic was asked already; the screen goes on asking how it decided. */
let askedFor: string | undefined;
const ASK_EVERY_MS = 3_000;

export function LockedOut() {
  const id = seat.value?.join.seat ?? '';
  const [told, setTold] = useState(askedFor === id);
  useLetIn();
  const actions = (
    <>
      {!told && <Button onTap={() => ask(id).then(() => setTold(true))}>{t('who-ask')}</Button>}
      <CallClinic />
    </>
  );
  return (
    <Screen key={String(told)} help="who_are_you" title={t(told ? 'who-asked-title' : 'who-locked-title')} actions={actions}>
      {!told && <Alert title={t('who-mismatch')} />}
      <p>{t(told ? 'who-asked' : 'who-locked')}</p>
      {told && <p class="breath-line"><span class="breath" /></p>}
    </Screen>
  );
}

/** The clinic lets the person in: the page goes on by itself. */
function useLetIn(): void {
  useEffect(() => {
    const timer = setInterval(async () => {
      await refreshSeat();
      if (seat.value?.step === 'ready') enter(seat.value);
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
