// Keeps microphone and camera alive while a call needs them: another call or app may take them, the phone may not give them back, and
// a track may say that it is live and give nothing. What is lost is taken anew by itself where that asks nobody anything; where it does
// not help the person is told, and has **Resume**. The only one beside the person who asks `Capture` for anything during a call.
import { Alive } from './alive';
import type { Capture, CaptureState } from './capture';
import { permissionFor, type Kind } from './causes';
import { Light } from './light';

/** What the others are told too. */
export type OwnTrouble = 'interrupted' | 'microphone_silent' | 'camera_frozen' | 'camera_dark';
export type GuardNews = OwnTrouble | 'resumed' | 'capture_restarted' | 'microphone_back' | 'camera_back';

export interface GuardListener {
  changed(): void;
  /** For the visit's timeline. */
  happened(what: GuardNews): void;
  /** Whether somebody looks at the page: a phone gives no camera to what nobody sees. */
  isSeen(): boolean;
  /** Of the own picture, 0 to 255; nothing where the page shows none. */
  brightness(): number | undefined;
}

/** A track that is silent for a moment is nothing yet. */
const TAKEN_MS = 1_000;
const TRIES_AFTER_MS = [0, 2_000, 6_000] as const;

const ENDS: Record<OwnTrouble, GuardNews> = { interrupted: 'resumed', microphone_silent: 'microphone_back', camera_frozen: 'camera_back', camera_dark: 'camera_back' };

export class CaptureGuard {
  #capture: Capture;
  #listener: GuardListener;
  #alive = new Alive();
  #light = new Light();
  #trouble: OwnTrouble | undefined;
  #isStuck = false;
  /** Kinds that were taken anew already for giving nothing. */
  #tried = new Set<Kind>();
  #silent = false;
  #frozen = false;
  #dark = false;
  #taken: ReturnType<typeof setTimeout> | undefined;
  #takenLong = false;
  #tries: ReturnType<typeof setTimeout>[] = [];
  #isOver = false;
  #unlisten: () => void;

  constructor(capture: Capture, listener: GuardListener) {
    this.#capture = capture;
    this.#listener = listener;
    this.#unlisten = capture.listen(() => this.#changed());
    this.#changed();
  }

  get trouble(): OwnTrouble | undefined {
    return this.#trouble;
  }

  /** **Resume** did not help: what is left is to join again. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** What the connection counts of our own microphone and camera. */
  sampled(own: { energy?: number; frames?: number }): void {
    const { muted, camera, cameraOff } = this.#capture.state;
    const at = performance.now();
    const dead = this.#alive.judge({ at, muted, cameraOff, ...own });
    this.#silent = dead.microphone && !this.#takesAnew('microphone');
    this.#frozen = dead.camera && !this.#takesAnew('camera');
    if (cameraOff || !camera) this.#light.reset();
    const isDark = this.#light.judge(at, () => (this.#listener.isSeen() ? this.#listener.brightness() : undefined));
    this.#dark = isDark && !this.#takesAnew('camera');
    this.#judge();
  }

  /** The page is looked at again: what went away meanwhile may be had again. */
  look(): void {
    if (lost(this.#capture.state).length > 0) this.#tryAgain();
  }

  /** The person asks for it: everything that gives nothing is taken anew. */
  async resume(): Promise<void> {
    const kinds: Kind[] = this.#frozen || this.#dark || takenKinds(this.#capture.state).includes('camera') ? ['camera', 'microphone'] : ['microphone'];
    this.#forgetSeen();
    await this.#capture.start(kinds);
    this.#isStuck = takenKinds(this.#capture.state).includes('microphone');
    if (!this.#isStuck) [this.#silent, this.#frozen, this.#dark] = [false, false, false];
    this.#judge();
    this.#listener.changed();
  }

  stop(): void {
    this.#isOver = true;
    this.#unlisten();
    clearTimeout(this.#taken);
    for (const retry of this.#tries) clearTimeout(retry);
  }

  #changed(): void {
    if (takenKinds(this.#capture.state).length === 0) {
      clearTimeout(this.#taken);
      [this.#taken, this.#takenLong] = [undefined, false];
    } else if (this.#taken === undefined) {
      this.#taken = setTimeout(() => {
        this.#takenLong = true;
        this.#judge();
      }, TAKEN_MS);
      this.#tryAgain();
    }
    this.#judge();
  }

  /** Only what has ended can be had anew without a quarrel; what is silenced comes back when the other call is over. */
  #tryAgain(): void {
    for (const retry of this.#tries) clearTimeout(retry);
    this.#tries = TRIES_AFTER_MS.map((ms) => setTimeout(() => void this.#recover(), ms));
  }

  async #recover(): Promise<void> {
    const gone = lost(this.#capture.state);
    if (gone.length === 0 || !this.#listener.isSeen() || !(await this.#asksNobody(gone))) return;
    await this.#capture.start(gone);
    if (lost(this.#capture.state).length === 0) this.#listener.happened('capture_restarted');
  }

  /** Whether this kind, which says it is live and gives nothing, is being taken anew; once for each time it dies. */
  #takesAnew(kind: Kind): boolean {
    if (this.#tried.has(kind) || !this.#listener.isSeen()) return false;
    this.#tried.add(kind);
    this.#forgetSeen();
    void this.#asksNobody([kind]).then(async (free) => {
      if (!free) return;
      await this.#capture.start([kind]);
      this.#listener.happened('capture_restarted');
    });
    return true;
  }

  #forgetSeen(): void {
    this.#alive.reset();
    this.#light.reset();
  }

  /** Nor takes anything for a call that is over by now. */
  async #asksNobody(kinds: readonly Kind[]): Promise<boolean> {
    const answers = await Promise.all(kinds.map(permissionFor));
    if (this.#isOver) return false;
    return answers.every((answer) => answer !== 'prompt' && answer !== 'denied');
  }

  #judge(): void {
    const interrupted = this.#takenLong && takenKinds(this.#capture.state).includes('microphone');
    const frozen = this.#frozen || (this.#takenLong && !interrupted);
    const dead = this.#silent ? 'microphone_silent' : frozen ? 'camera_frozen' : this.#dark ? 'camera_dark' : undefined;
    const now = interrupted ? 'interrupted' : dead;
    if (now === this.#trouble) return;
    if (this.#trouble) this.#listener.happened(ENDS[this.#trouble]);
    if (now) this.#listener.happened(now);
    else [this.#tried, this.#isStuck] = [new Set(), false];
    this.#trouble = now;
    this.#listener.changed();
  }
}

/** What another call or app has: gone, live without giving anything, or refused because it is in use. */
function takenKinds(state: CaptureState): Kind[] {
  return kindsWhere(state, (track) => track.readyState === 'ended' || track.muted);
}

/** Of these, what can be asked for anew. */
function lost(state: CaptureState): Kind[] {
  return kindsWhere(state, (track) => track.readyState === 'ended');
}

function kindsWhere(state: CaptureState, is: (track: MediaStreamTrack) => boolean): Kind[] {
  const kinds: Kind[] = [];
  if (!state.cameraOff && (state.camera ? is(state.camera) : state.cameraCause === 'in_use')) kinds.push('camera');
  if (state.microphone ? is(state.microphone) : state.microphoneCause === 'in_use') kinds.push('microphone');
  return kinds;
}
