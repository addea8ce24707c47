// What the patient's screens are made of: one column, one question, the main button at the thumb, a person one call away.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import phoneIcon from 'lucide-static/icons/phone.svg?raw';
import { Icon } from '../ui/icon';
import { language, t, type Language } from '../ui/words';
import { GetHelp, HelpCard, type HelpScreen } from './help';
import { clinic, phone } from './journey';
import { choose } from './speak';

interface ScreenProps {
  title: string;
  /** Stands above the title. */
  before?: ComponentChildren;
  children?: ComponentChildren;
  /** The buttons, the main one first; they stay at the thumb. */
  actions?: ComponentChildren;
  /** The first screen must not take the focus from where the person is. */
  first?: boolean;
  tone?: 'good' | 'warn' | 'bad';
  icon?: string;
  /** The screen's name where a technician can be asked from it. */
  help?: HelpScreen;
  /** Why the check failed, for the technician. */
  helpCause?: string | undefined;
}

export function Screen({ title, before, children, actions, first, tone, icon, help, helpCause }: ScreenProps) {
  const heading = useFocusOnEntry<HTMLHeadingElement>(!first);
  return (
    <main class="screen">
      {first && <TopLine />}
      {help && <HelpCard />}
      {before}
      {icon && <span class={`sign ${tone ?? ''}`}><Icon of={icon} /></span>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      <div class="actions">
        {actions}
        {help && <GetHelp screen={help} cause={helpCause} />}
      </div>
    </main>
  );
}

function TopLine() {
  return (
    <div class="top-line">
      <p class="clinic">{clinic.value}</p>
      <LanguageSwitch />
    </div>
  );
}

export function LanguageSwitch() {
  const other: Language = language.value === 'en' ? 'es' : 'en';
  return (
    <button type="button" class="text-button" lang={other} onClick={() => void choose(other)}>
      {t(`language-${other}`)}
    </button>
  );
}

interface ButtonProps {
  children: ComponentChildren;
  onTap(): void | Promise<unknown>;
  kind?: 'main' | 'second' | 'quiet' | 'bad';
  icon?: string;
  disabled?: boolean;
}

/** While its tap is being answered a button says so and takes no other tap. */
export function Button({ children, onTap, kind = 'main', icon, disabled }: ButtonProps) {
  const [busy, setBusy] = useState(false);
  const alive = useRef(true);
  useEffect(() => () => void (alive.current = false), []);
  const tap = () => {
    if (busy) return;
    const done = onTap();
    if (!done) return;
    setBusy(true);
    void done.finally(() => alive.current && setBusy(false));
  };
  return (
    <button type="button" class={`button ${kind}`} onClick={tap} disabled={disabled} aria-busy={busy}>
      {icon && <Icon of={icon} />}
      <span>{busy ? t('loading') : children}</span>
    </button>
  );
}

/** A phone call is reachable from every screen. */
export function CallClinic({ words = t('call-clinic', { phone: phone.value }), kind = 'quiet' }: { words?: string; kind?: 'main' | 'quiet' }) {
  if (!phone.value) return null;
  return (
    <a class={`button ${kind}`} href={`tel:${dialled(phone.value)}`}>
      <Icon of={phoneIcon} />
      <span>{words}</span>
    </a>
  );
}

export const dialled = (number: string) => number.replace(/[^\d+]/g, '');

/** Something that stands in the person's way: read out at once. */
export function Alert({ title, children }: { title?: string; children?: ComponentChildren }) {
  return (
    <div class="notice bad" role="alert">
      {title && <strong>{title}</strong>}
      {children}
    </div>
  );
}

function useFocusOnEntry<T extends HTMLElement>(wanted: boolean) {
  const element = useRef<T>(null);
  useEffect(() => {
    if (wanted) element.current?.focus({ preventScroll: true });
    if (wanted) window.scrollTo(0, 0);
  }, []);
  return element;
}
