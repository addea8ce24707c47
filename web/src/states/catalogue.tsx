// The catalogue of states: every screen as it can be, drawn by the real components from fixed facts, without a gateway. A page for
// tests alone (tests/stories/support/states.ts drives it); it is built into target/states and never into the gateway.
import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { LANGUAGES, speak, type Language } from '../ui/words';
import { longer, mirrored, said } from './pseudo';

export interface State {
  /** What a person would call it: part of its picture's name. */
  name: string;
  draw(): ComponentChild;
  /** What the person does before the state is there. */
  then?(): void | Promise<void>;
}

/** English, Spanish, words 40 % longer, words from right to left. */
export type Tongue = Language | 'long' | 'mirrored';

export interface Catalogue {
  names: readonly string[];
  show(name: string, tongue: Tongue): Promise<void>;
}

interface Book {
  states: readonly State[];
  /** The words of one language, as Fluent texts. */
  texts(language: Language): readonly string[];
  /** Takes away what the state before has left. */
  clear(): void;
}

/** Hands the states to the test that opened this page. */
export function open({ states, texts, clear }: Book): void {
  const app = document.getElementById('app')!;
  const show = async (name: string, tongue: Tongue) => {
    const state = states.find((one) => one.name === name);
    if (!state) throw new Error(`no state ${name}`);
    await act(() => render(null, app));
    clear();
    speakAs(tongue, texts);
    window.scrollTo(0, 0);
    await act(() => render(<>{state.draw()}</>, app));
    if (state.then) await state.then();
    if (state.then) await drawn();
    // A picture that slid in is where it belongs before anybody looks.
    for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().iterations !== Infinity) animation.finish();
  };
  Object.assign(window, { catalogue: { names: states.map(({ name }) => name), show } satisfies Catalogue });
}

/** Until what was pressed and answered is on the screen, with what follows from it: a frame, and twice what the answers bring. */
export async function drawn(): Promise<void> {
  await new Promise((next) => requestAnimationFrame(next));
  for (let times = 0; times < 2; times++) await act(() => new Promise<void>((next) => setTimeout(next)));
}

function speakAs(tongue: Tongue, texts: Book['texts']): void {
  const real = LANGUAGES.find((language) => language === tongue);
  const change = tongue === 'long' ? longer : mirrored;
  speak(real ?? 'en', real ? texts(real) : texts('en').map((text) => said(text, change)));
  document.documentElement.dir = tongue === 'mirrored' ? 'rtl' : 'ltr';
}
