// The frame of the staff pages: a rail with the facility, the views this person has, language and sign-out.
// On a narrow pane the rail becomes a bar with a menu button.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../ui/button';
import { Glyph, type GlyphName } from '../ui/glyph';
import { Menu } from '../ui/menu';
import { tell } from '../ui/status';
import { LANGUAGES, language, t } from '../ui/words';
import { chooseLanguage } from './language';
import type { Me } from './model';
import { problemWords } from './problem';
import type { Route } from './route';
import { signOut } from './session';

interface Entry {
  view: Route['view'];
  href: string;
  icon: GlyphName;
  words: string;
}

export function Shell({ me, at, children }: { me: Me; at: Route; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useOpenedView(at.view, () => {
    setOpen(false);
    main.current?.focus();
  });
  return (
    <div class="frame">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('staff-skip')}
      </a>
      <header class={`rail ${open ? 'rail-open' : ''}`} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <div class="rail-top">
          <p class="rail-product">
            <Mark />
            {t('product')}
          </p>
          <p class="rail-facility">{me.facility.name}</p>
          <IconButton
            class="rail-toggle"
            icon={open ? 'x' : 'menu'}
            label={t(open ? 'staff-menu-close' : 'staff-menu-open')}
            onClick={() => setOpen(!open)}
          />
        </div>
        <div class="rail-rest">
          <nav aria-label={t('staff-nav')}>
            {entries(me).map((entry) => (
              <a
                key={entry.view}
                href={entry.href}
                aria-current={entry.view === at.view ? 'page' : undefined}
                onClick={() => setOpen(false)}
              >
                <Glyph name={entry.icon} />
                <span>{entry.words}</span>
              </a>
            ))}
          </nav>
          <div class="rail-foot">
            <LanguageSwitch />
            <Account me={me} />
          </div>
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function entries(me: Me): Entry[] {
  const list: (Entry | false)[] = [
    me.role !== 'support' && { view: 'today', href: '#today', icon: 'calendar', words: t('staff-page-today') },
    me.role !== 'support' && { view: 'book', href: '#book', icon: 'calendarPlus', words: t('staff-page-book') },
    me.role !== 'clinician' && { view: 'desk', href: '#desk', icon: 'technician', words: t('staff-page-desk') },
    me.role === 'admin' && { view: 'connections', href: '#connections', icon: 'chart', words: t('staff-page-connections') },
    me.role === 'admin' && { view: 'settings', href: '#settings', icon: 'settings', words: t('staff-page-settings') },
  ];
  return list.filter((entry) => entry !== false);
}

export function LanguageSwitch() {
  return (
    <div class="languages" role="group" aria-label={t('staff-language')}>
      {LANGUAGES.map((code) => (
        <button key={code} type="button" lang={code} aria-pressed={language.value === code} onClick={() => chooseLanguage(code)}>
          {t(`language-${code}`)}
        </button>
      ))}
    </div>
  );
}

function Account({ me }: { me: Me }) {
  const leave = (everywhere: boolean) => void signOut(everywhere).catch((error: unknown) => tell(problemWords(error), 'bad'));
  return (
    <div class="account">
      <div>
        <p class="account-name">{me.name}</p>
        <p class="account-role">{t(`staff-role-${me.role}`)}</p>
      </div>
      <Menu
        label={t('staff-account')}
        items={[
          { icon: 'signOut', words: t('staff-sign-out'), onChoose: () => leave(false) },
          { icon: 'signOut', words: t('staff-sign-out-everywhere'), onChoose: () => leave(true) },
        ]}
      />
    </div>
  );
}

/** The product's mark: a house with a heart for a door. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2.5 2.5 10.6V20a1.5 1.5 0 0 0 1.5 1.5h16a1.5 1.5 0 0 0 1.5-1.5v-9.4z" />
      <path class="mark-door" d="M12 17.6s-4-2.3-4-5a2.1 2.1 0 0 1 4-1 2.1 2.1 0 0 1 4 1c0 2.7-4 5-4 5z" />
    </svg>
  );
}

/** Runs when another view was opened, not when the page starts. */
function useOpenedView(view: string, onOpened: () => void) {
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    onOpened();
  }, [view]);
}

/** The head of a view: its title, a line below, and what can be done. */
export function Head({ title, sub, children }: { title: string; sub?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="head">
      <div>
        <h1>{title}</h1>
        {sub && <p class="head-sub">{sub}</p>}
      </div>
      {children && <div class="head-actions">{children}</div>}
    </div>
  );
}
