// The record panel's memory: what can be shown, what was prepared, and where each piece stands.
import { signal } from '@preact/signals';
import { decode } from '../../core/records/base64';
import { readContent, type Content } from '../../core/records/content';
import type { RoomState } from './room-state';
import type { SnippetView } from '../../generated/signaling';
import * as api from '../api';
import type { NewInstructions, PreparedSnippet, RecordItem, RecordList } from '../model';
import { language } from '../../ui/words';
import { problemWords } from '../problem';

export interface Manifest {
  id: string;
  kind: RecordItem['kind'];
  title: string;
  language: string;
}

export interface Prepared extends PreparedSnippet {
  item: RecordItem;
  snippet: Manifest;
  /** The content as the patient's page will draw it; absent where that page could not. */
  drawn: Content | undefined;
}

export const LONGEST_TITLE = 80;
export const LONGEST_TEXT = 4000;
/** How the gateway names what clinicians type; it does not know it apart. */
export const INSTRUCTIONS = 'instructions';

export class RecordPanelState {
  readonly list = signal<{ state: 'loading' } | { state: 'failed'; words: string } | { state: 'ready'; list: RecordList }>({
    state: 'loading',
  });
  readonly open = signal<RecordItem | null>(null);
  readonly preparing = signal<string | null>(null);
  readonly failure = signal<string | null>(null);
  readonly prepared = signal<ReadonlyMap<string, Prepared>>(new Map());
  /** What was typed, and which groups were unfolded: still there when the list comes back. */
  readonly words = signal('');
  readonly unfolded = signal<ReadonlySet<string>>(new Set());
  /** The row that has the focus, or had it last. */
  readonly row = signal<string | undefined>(undefined);
  /** The item that was just left: the focus goes back to its row. */
  left: string | undefined;
  /** Opened first, so that an answer to an older choice does not put its preview up. */
  #asked = 0;

  /** What is being typed for the patient, while it is; put aside when the clinician goes back. */
  readonly draft = signal<NewInstructions | null>(null);
  /** What was typed and previewed, the newest first. */
  readonly written = signal<readonly RecordItem[]>([]);
  #aside: NewInstructions | undefined;
  /** By the item that it became: to be signed again where it is shown again. Gone with this page. */
  readonly #typed = new Map<string, NewInstructions>();

  constructor(readonly visit: string) {}

  async load() {
    this.list.value = { state: 'loading' };
    try {
      this.list.value = { state: 'ready', list: await api.record(this.visit, language.value) };
    } catch (error) {
      this.list.value = { state: 'failed', words: problemWords(error) };
    }
  }

  startWriting(language: NewInstructions['language']) {
    this.draft.value = this.#aside ?? { title: '', text: '', language };
  }

  putAside() {
    this.#aside = this.draft.value ?? undefined;
    this.draft.value = null;
  }

  async write(typed: NewInstructions) {
    const item: RecordItem = { id: `${INSTRUCTIONS}-${this.#typed.size}`, kind: INSTRUCTIONS, title: typed.title.trim(), found_by: [] };
    this.#typed.set(item.id, typed);
    await this.choose(item, typed.language);
    // What was refused is still there to be mended.
    if (!this.latest(item.id, typed.language)) return;
    this.written.value = [item, ...this.written.value];
    this.#aside = undefined;
    this.draft.value = null;
  }

  async choose(item: RecordItem, spoken: string) {
    const mine = ++this.#asked;
    this.open.value = item;
    this.failure.value = null;
    if (this.latest(item.id, spoken)) return;
    this.preparing.value = item.id;
    try {
      const typed = this.#typed.get(item.id);
      const snippet = typed ? await api.writeInstructions(this.visit, typed) : await api.prepareSnippet(this.visit, item.id, spoken);
      const prepared = unpack(item, snippet);
      this.prepared.value = new Map(this.prepared.value).set(prepared.snippet.id, prepared);
    } catch (error) {
      if (mine === this.#asked) this.failure.value = problemWords(error);
    }
    if (mine === this.#asked) this.preparing.value = null;
  }

  /** The newest preparation of an item: a withdrawn one is prepared anew when it is to be shown again. */
  latest(item: string, spoken: string): Prepared | undefined {
    const language = this.#typed.get(item)?.language ?? spoken;
    return [...this.prepared.value.values()].filter((one) => one.item.id === item && one.snippet.language === language).at(-1);
  }

  forget(snippet: string) {
    const rest = new Map(this.prepared.value);
    rest.delete(snippet);
    this.prepared.value = rest;
  }

  /** Where the item stands on the patient's screen, and nothing where it is not there. */
  standOn(item: string, room: Pick<RoomState, 'snippets' | 'consent'>): Stand | undefined {
    const snippet = this.onScreen(item, room);
    const view = room.snippets.find((one) => one.snippet === snippet);
    return view && standOf(view, room.consent);
  }

  /** The snippet of this item that is on the patient's screen, made by this page or before it was loaded anew. */
  onScreen(item: string, room: Pick<RoomState, 'snippets' | 'consent'>): string | undefined {
    const on = room.snippets.filter((view) => isOnScreen(standOf(view, room.consent)));
    return on.find(({ snippet }) => this.#itemOf(snippet) === item)?.snippet;
  }

  /** On the patient's screen since before this page was loaded anew: its content is not here any more. */
  shownBefore(item: string, room: Pick<RoomState, 'snippets' | 'consent'>): string | undefined {
    const on = this.onScreen(item, room);
    return on !== undefined && !this.prepared.value.has(on) ? on : undefined;
  }

  #itemOf(snippet: string): string | undefined {
    const read = this.list.value;
    const before = read.state === 'ready' ? read.list.offered.find((one) => one.snippet === snippet)?.item : undefined;
    return this.prepared.value.get(snippet)?.item.id ?? before;
  }

  back() {
    this.left = this.open.value?.id;
    this.#asked += 1;
    this.preparing.value = null;
    this.open.value = null;
  }
}

export function unpack(item: RecordItem, prepared: PreparedSnippet): Prepared {
  const snippet = JSON.parse(prepared.manifest) as Manifest;
  return { ...prepared, item, snippet, drawn: readContent(snippet.kind, decode(prepared.content)) };
}

export type Stand = 'prepared' | 'asking' | 'refused' | 'sending' | 'shown' | 'seen' | 'withdrawn' | 'rejected';

/** Where a snippet stands for the clinician, from the gateway's state, the consent and the receipts. */
export function standOf(view: SnippetView | undefined, consent: RoomState['consent']): Stand {
  if (!view) return 'prepared';
  if (view.state === 'rejected') return 'rejected';
  // The gateway takes back what waited for a consent that was refused: for the clinician it was never shown.
  if (consent === 'refused' && view.shown_to.length === 0) return 'refused';
  if (consent === 'stopped') return 'withdrawn';
  if (view.state === 'withdrawn') return 'withdrawn';
  if (view.state === 'held') return 'asking';
  if (view.seen_by.length > 0) return 'seen';
  return view.state === 'shown' || view.shown_to.length > 0 ? 'shown' : 'sending';
}

export function isOnScreen(stand: Stand): boolean {
  return stand === 'asking' || stand === 'sending' || stand === 'shown' || stand === 'seen';
}
