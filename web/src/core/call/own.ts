// This side of a call: what is sent of the person, and what the others are told of it. The same for patients and for staff.
import type { ClientMessage, Happening, Inside, MediaState, ServerMessage, Trouble } from '../../generated/signaling';
import type { Capture, CaptureState } from '../devices/capture';
import { CaptureGuard } from '../devices/guard';
import { brightnessOf } from '../devices/light';
import { Call, type CallListener, type CallOptions } from './call';
import { listenForHints } from './hints';
import type { Tracks } from './sending';

/** What the person turned off by hand, and wants off until they say otherwise. */
export interface Choices {
  cameraOff?: boolean;
  muted?: boolean;
  soundOnly?: boolean;
}

/** Camera and microphone as they were before the page was loaded again, or before the telephone. */
export async function startAsChosen(capture: Capture, { cameraOff = false, muted = false, soundOnly = false }: Choices): Promise<void> {
  const isOff = cameraOff || soundOnly;
  capture.setMuted(muted);
  if (isOff) await capture.setCameraOff(true);
  await capture.start(isOff ? ['microphone'] : ['camera', 'microphone']);
}

export interface OwnOptions {
  capture: Capture;
  call: Omit<CallOptions, 'send'>;
  /** From before the page was loaded again. */
  choices: Choices;
  /** The others are told when nobody looks at this page. A clinician looks at the record beside it all the time. */
  tellsAway: boolean;
  send(message: ClientMessage): void;
  /** The own picture where the page shows it. */
  ownPicture(): HTMLVideoElement | null;
  /** For the visit's timeline. */
  happened(what: Happening): void;
  /** The line to the gateway is looked after too. */
  wake(): void;
  /** Back from the telephone: camera and microphone are wanted as they were chosen. */
  videoAgain(): void;
}

export type OwnListener = Pick<CallListener, 'changed' | 'channel'>;

export class OwnEnd {
  readonly call: Call;
  readonly guard: CaptureGuard;
  #options: OwnOptions;
  #listener: OwnListener;
  #inside = false;
  #isHeld = false;
  #byPhone = false;
  #soundOnly = false;
  #cameraWasOn = false;
  #isAway = false;
  #needsTap = false;
  #said = '';
  #stops: (() => void)[];

  constructor(options: OwnOptions, listener: OwnListener) {
    this.#options = options;
    this.#listener = listener;
    const { capture, call, choices, ownPicture, send, happened } = options;
    [this.#soundOnly, this.#cameraWasOn] = [choices.soundOnly === true, choices.soundOnly === true && choices.cameraOff !== true];
    this.guard = new CaptureGuard(capture, {
      changed: () => this.#changed(),
      happened,
      isSeen: () => globalThis.document?.visibilityState !== 'hidden',
      brightness: () => brightnessOf(ownPicture()),
    });
    this.call = new Call({ ...call, send }, { ...listener, changed: () => this.#changed(), happened: (what) => this.#happened(what), sources: (own) => this.guard.sampled(own) });
    if (this.#soundOnly) this.call.setSoundOnly(true);
    void this.call.replace(this.#tracks());
    const hints = listenForHints({
      look: () => this.#look(),
      networkChanged: () => this.call.networkChanged(),
      away: () => this.#away(true),
    });
    this.#stops = [hints, capture.listen(() => this.#resend()), () => this.guard.stop()];
  }

  get soundOnly(): boolean {
    return this.#soundOnly;
  }

  /** A whole view of the visit. */
  view(inside: Inside): void {
    this.#inside = true;
    this.#goByPhone(inside.by_phone);
    this.call.view(inside);
    this.#say();
  }

  message(message: ServerMessage): void {
    if (message.type === 'by_phone') this.#goByPhone(message.data.by_phone);
    this.call.message(message);
  }

  /** Signaling came back; `anew`: the gateway knows nothing of what was said before. */
  signalingIsBack(anew: boolean): void {
    this.call.signalingIsBack();
    if (!anew) return;
    this.#said = '';
    this.#say();
  }

  /** Nothing of the person is sent before they come to the page. */
  hold(held: boolean): void {
    this.#isHeld = held;
    this.#resend();
  }

  /** **Sound only**: the camera is off with its light, and no picture is asked for, until the person wants them again. */
  async setSoundOnly(on: boolean): Promise<void> {
    const { capture } = this.#options;
    if (on === this.#soundOnly) return;
    this.#soundOnly = on;
    if (on) this.#cameraWasOn = !capture.state.cameraOff;
    this.#options.happened(on ? 'sound_only_by_hand' : 'picture_by_hand');
    this.call.setSoundOnly(on);
    if (this.#cameraWasOn) await capture.setCameraOff(on);
    this.#changed();
  }

  /** The browser wants a tap before it plays the others. */
  needsTap(needs: boolean): void {
    if (needs && !this.#needsTap) this.#options.happened('tap_to_hear');
    this.#needsTap = needs;
    this.#say();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.call.close();
  }

  /** By telephone nothing passes here: two ways for one voice would be an echo, and the phone wants its microphone. */
  #goByPhone(on: boolean): void {
    if (on === this.#byPhone) return;
    this.#byPhone = on;
    if (on) this.#options.capture.stop();
    else this.#options.videoAgain();
    this.#resend();
  }

  #happened(what: Happening): void {
    // What took the path may have taken the line to the gateway too, without which nothing is mended.
    if (what === 'stall') this.#options.wake();
    this.#options.happened(what);
  }

  #look(): void {
    this.#options.wake();
    this.guard.look();
    this.call.look();
    this.#away(false);
  }

  #away(away: boolean): void {
    this.#isAway = away && this.#options.tellsAway;
    this.#say();
  }

  #resend(): void {
    void this.call.replace(this.#tracks());
    this.#changed();
  }

  #tracks(): Tracks {
    return this.#isHeld || this.#byPhone ? { audio: null, video: null } : tracksOf(this.#options.capture.state);
  }

  #changed(): void {
    this.#listener.changed();
    this.#say();
  }

  /** Tells the others about our camera, microphone and path, when it is news. */
  #say(): void {
    if (!this.#inside) return;
    const data = this.#state();
    const text = JSON.stringify(data);
    if (text === this.#said) return;
    this.#said = text;
    this.#options.send({ type: 'media_state', data });
  }

  #state(): MediaState {
    const { video, audio } = this.#tracks();
    const { videoPaused } = this.call;
    // A picture that nobody wanted to send is not held back.
    const pictures = video === null && this.call.pictures === 'own_paused' ? 'both' : this.call.pictures;
    const trouble = this.#trouble();
    return {
      camera: video !== null && !videoPaused && !this.#soundOnly,
      microphone: audio !== null && !this.#options.capture.state.muted,
      connection: this.call.connection,
      ...(pictures === 'both' ? {} : { pictures }),
      ...(trouble ? { trouble } : {}),
    };
  }

  #trouble(): Trouble | undefined {
    if (this.#byPhone) return undefined;
    return this.guard.trouble ?? (this.#isAway ? 'away' : this.#needsTap ? 'tap_to_hear' : undefined);
  }
}

/** What a call sends. A camera that the person turned off is not there at all. */
export function tracksOf({ camera, microphone, cameraOff }: CaptureState): Tracks {
  return { audio: alive(microphone), video: cameraOff ? null : alive(camera) };
}

function alive(track: MediaStreamTrack | null): MediaStreamTrack | null {
  return track?.readyState === 'live' ? track : null;
}
