// Quick check: four rows that fill by themselves, one question, and a verdict that never blocks.
import ready from 'lucide-static/icons/circle-check.svg?raw';
import weak from 'lucide-static/icons/triangle-alert.svg?raw';
import aloud from 'lucide-static/icons/volume-2.svg?raw';
import phoneSign from 'lucide-static/icons/phone.svg?raw';
import { useEffect } from 'preact/hooks';
import { t } from '../../../ui/words';
import type { Mode } from '../../gateway';
import { phone } from '../../journey';
import { Button, CallClinic, Screen } from '../../parts';
import { MeterInWords } from '../meter';
import { OwnPicture } from '../parts';
import { checkIn, who } from '../visit';
import { CheckRun, run as current } from '../check-run';
import { CheckRow, SoundQuestion } from '../check-row';
import { canSpeak, speak, speaking, turnVoice } from '../voice';

const SIGN: Readonly<Record<Mode, { icon: string; tone: 'good' | 'warn' }>> = {
  video: { icon: ready, tone: 'good' },
  low_video: { icon: ready, tone: 'good' },
  sound_only: { icon: weak, tone: 'warn' },
  phone: { icon: phoneSign, tone: 'warn' },
  not_checked: { icon: weak, tone: 'warn' },
};

export function Check() {
  useEffect(() => {
    CheckRun.begin();
    return () => current.value?.abandon();
  }, []);
  return current.value ? <Running run={current.value} /> : null;
}

export function Running({ run }: { run: CheckRun }) {
  const mode = run.verdict.value?.mode;
  const good = mode === 'video' || mode === 'low_video';
  const next = run.verdict.value?.next;
  // "Everything works" would be said beside what could work better.
  const says = mode && !(mode === 'video' && next) ? t(`verdict-${mode}`, { who: who.value, phone: phone.value }) : '';
  const todo = next ? t(`next-${next.replaceAll('_', '-')}`) : '';
  useEffect(() => speak(mode ? `${t(`verdict-${mode}-title`)}. ${says} ${todo}` : ''), [mode]);
  const go = async () => {
    await run.report();
    await run.takeEffect();
    await checkIn();
  };
  return (
    <Screen
      // A new title is a new thing to say: the focus goes to the verdict when it is there.
      key={mode ?? 'running'}
      help="check"
      helpCause={run.verdict.value?.cause ?? undefined}
      title={mode ? t(`verdict-${mode}-title`) : t('check-title-running')}
      {...(mode ? SIGN[mode] : {})}
      before={!mode && <OwnPicture class="own-picture large" />}
      actions={
        <>
          {mode && good && <Button onTap={go}>{t('continue')}</Button>}
          {!good && (
            <Button kind={mode ? 'main' : 'second'} onTap={go}>
              {t('continue-anyway')}
            </Button>
          )}
          {mode && mode !== 'video' && (
            <Button kind="quiet" onTap={() => CheckRun.begin()}>
              {t('check-again')}
            </Button>
          )}
          <CallClinic />
        </>
      }
    >
      {says && <p>{says}</p>}
      {todo && <p class="next-step">{todo}</p>}
      {canSpeak && !mode && (
        <Button kind="quiet" icon={aloud} onTap={() => turnVoice(!speaking.value)}>
          {t(speaking.value ? 'check-silence' : 'check-aloud')}
        </Button>
      )}
      <ul class="checks">
        <CheckRow title={t('check-camera')} row={run.camera.value} />
        <CheckRow title={t('check-microphone')} row={run.microphone.value}>
          {run.microphone.value.state === 'running' && <MeterInWords level={run.level.value} />}
        </CheckRow>
        <CheckRow title={t('check-sound')} row={run.sound.value}>
          {run.question.value && <SoundQuestion question={run.question.value} />}
        </CheckRow>
        <CheckRow title={t('check-internet')} row={run.internet.value} />
      </ul>
    </Screen>
  );
}
