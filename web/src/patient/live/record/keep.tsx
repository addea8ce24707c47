// "Yours to keep": a part of the record as a page to save or to print, made on this phone. Nothing of it is sent anywhere; the gateway
// hears only that a copy was made.
import './paper.css';
import { createPortal } from 'preact/compat';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Snippet } from '../../../core/records/receiver';
import { language, t } from '../../../ui/words';
import { noteKept } from '../../gateway';
import { clinic } from '../../journey';
import { Button } from '../../parts';
import { dayWithYear } from '../../time';
import type { LiveSeat } from '../seat';
import { RecordContent } from './content';
import { saveFile, standalone } from './save';
import { Whole } from './words';

/** What is left after the visit: only what the clinician gave to keep, and only while this page is open. */
export function Keepsakes({ seat, by }: { seat: LiveSeat; by: string }) {
  const [open, setOpen] = useState<Snippet>();
  const kept = seat.keepsakes.value;
  if (kept.length === 0) return null;
  return (
    <section class="keepsakes" aria-labelledby="keepsakes">
      <h2 id="keepsakes">{t('keep-title')}</h2>
      <p>{t('keep-body', { who: by })}</p>
      {kept.map((snippet) => (
        <Button key={snippet.id} kind="second" onTap={() => setOpen(snippet)}>
          {snippet.manifest.title}
        </Button>
      ))}
      {open && <KeepCopy seat={seat} snippet={open} by={by} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

interface KeepCopyProps {
  seat: LiveSeat;
  snippet: Snippet;
  by: string;
  onClose(): void;
}

export function KeepCopy({ seat, snippet, by, onClose }: KeepCopyProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const paper = useRef<HTMLElement>(null);
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  const note = () => {
    setSaved(true);
    // The copy is the person's whether or not the clinic hears of it.
    void noteKept(seat.id, snippet.id).catch(() => undefined);
  };
  const save = () => {
    const title = `${snippet.manifest.title} ${new Date(snippet.manifest.prepared_at).toISOString().slice(0, 10)}`;
    saveFile(`${title}.html`, standalone(title, snippet.manifest.language, paper.current?.outerHTML ?? ''));
    note();
  };
  const print = () => {
    window.print();
    note();
  };
  return createPortal(
    <dialog
      ref={dialog}
      class="dialog keep-copy always-light"
      aria-label={snippet.manifest.title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <Paper paper={paper} snippet={snippet} by={by} />
      <div class="actions">
        <p role="status">{saved ? t('keep-saved') : ''}</p>
        <Button onTap={save}>{t('keep-save')}</Button>
        <div class="two">
          <Button kind="second" onTap={print}>
            {t('keep-print')}
          </Button>
          <Button kind="second" onTap={onClose}>
            {t('close')}
          </Button>
        </div>
      </div>
    </dialog>,
    document.body,
  );
}

function Paper({ paper, snippet, by }: { paper: preact.Ref<HTMLElement>; snippet: Snippet; by: string }) {
  const { title, prepared_at, language: spoken } = snippet.manifest;
  return (
    <article ref={paper} class="paper" lang={spoken}>
      <p class="letterhead">
        <strong>{clinic.value}</strong>
        {t('keep-shown', { who: by, date: dayWithYear(prepared_at, language.value) })}
      </p>
      <h1>{title}</h1>
      <div class="record-body">
        <Whole.Provider value={true}>
          <RecordContent content={snippet.content} />
        </Whole.Provider>
      </div>
    </article>
  );
}
