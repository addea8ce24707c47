// What was before: earlier help for this visit, earlier visits with the same cause, and how many others met it.
import { dayWords } from '../ui/time';
import { language, t } from '../ui/words';
import type { DeskSession } from '../staff/model';
import { ageWords, causeWords } from '../staff/readiness';
import { now } from '../staff/session';
import { outcomeWords } from './outcome';

export function SessionPast({ session, zone }: { session: DeskSession; zone: string }) {
  const { requests, earlier, others, visit } = session;
  const helped = requests.filter((request) => request.outcome != null);
  const cause = visit.readiness.cause;
  return (
    <>
      {helped.length > 0 && (
        <section class="session-part">
          <h2>{t('support-helped-before')}</h2>
          <ul class="session-list">
            {helped.map((request) => (
              <li key={request.closed_at}>
                <span>
                  {[request.outcome && outcomeWords(request.outcome), request.helper, ageWords(request.closed_at, now.value)].filter(Boolean).join(', ')}
                </span>
                {request.note && <blockquote>{request.note}</blockquote>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {cause && (
        <section class="session-part">
          <h2>{t('support-same-cause')}</h2>
          <p class="quiet">{causeWords(cause)}</p>
          {earlier.length === 0 && <p>{t('support-same-cause-none')}</p>}
          {earlier.length > 0 && (
            <ul class="session-list">
              {earlier.map((one) => (
                <li key={one.starts_at}>
                  {dayWords(one.starts_at, zone, language.value)}: {one.outcome ? outcomeWords(one.outcome) : t(one.got_in ? 'support-got-in' : 'support-did-not-get-in')}
                </li>
              ))}
            </ul>
          )}
          <p>{others == null ? t('support-others-few') : t('support-others', { n: others })}</p>
        </section>
      )}
    </>
  );
}
