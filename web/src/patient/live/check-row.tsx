// A row of the quick check: icon, word and colour say the same thing.
import pass from 'lucide-static/icons/circle-check.svg?raw';
import warn from 'lucide-static/icons/triangle-alert.svg?raw';
import fail from 'lucide-static/icons/circle-x.svg?raw';
import skipped from 'lucide-static/icons/circle-minus.svg?raw';
import play from 'lucide-static/icons/volume-2.svg?raw';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { speak } from './voice';
import { Icon } from '../../ui/icon';
import { t } from '../../ui/words';
import { Button } from '../parts';
import type { Question } from './check-run';
import type { Row } from './check-words';

const ICON = { pass, warn, fail, not_checked: skipped } as const;

export function CheckRow({ title, row, children }: { title: string; row: Row; children?: ComponentChildren }) {
  const says = row.says ? t(row.says) : '';
  useEffect(() => speak(says && `${title}. ${says}`), [says]);
  return (
    <li class={`check ${row.state}`}>
      {row.state === 'running' ? <span class="breath" /> : <Icon of={ICON[row.state]} />}
      <div>
        <p class="check-head">
          <strong>{title}</strong>
          <span class="word">{t(`check-state-${row.state}`)}</span>
        </p>
        <p role="status">{says}</p>
        {children}
      </div>
    </li>
  );
}

export function SoundQuestion({ question }: { question: Question }) {
  const group = useRef<HTMLDivElement>(null);
  const asks = t(question.counts ? 'check-count-question' : 'check-question');
  useEffect(() => speak(asks), [asks]);
  // On a small phone the question comes up below the edge.
  useEffect(() => group.current?.scrollIntoView({ block: 'center', behavior: 'smooth' }), []);
  return (
    <div ref={group} class="question" role="group" aria-label={asks}>
      {question.again && <p class="notice">{t('check-sound-bad')}</p>}
      <p role="status">
        <strong>{asks}</strong>
      </p>
      {question.counts ? <Counts question={question} /> : <YesOrNo question={question} />}
      <div class="pair">
        <Button kind="quiet" icon={play} onTap={question.play}>
          {t('check-play-again')}
        </Button>
        <Button kind="quiet" onTap={() => question.answer('skipped')}>
          {t('check-skip')}
        </Button>
      </div>
      {!question.counts && (
        <Button kind="quiet" onTap={question.count}>
          {t('check-count-instead')}
        </Button>
      )}
    </div>
  );
}

function YesOrNo({ question }: { question: Question }) {
  return (
    <div class="pair">
      <Button kind="second" onTap={() => question.answer('yes')}>
        {t('check-yes')}
      </Button>
      <Button kind="second" onTap={() => question.answer('no')}>
        {t('check-no')}
      </Button>
    </div>
  );
}

function Counts({ question }: { question: Question }) {
  return (
    <div class="counts">
      {[1, 2, 3, 4, 5, 6].map((tones) => (
        <Button key={tones} kind="second" onTap={() => question.counted(tones)}>
          {String(tones)}
        </Button>
      ))}
    </div>
  );
}
