// This side's camera and microphone as the call view draws them: core's one owner of capture, made into signals.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { startAsChosen, type Choices } from '../../core/call/own';
import { Capture, type CaptureState } from '../../core/devices/capture';
import type { Cause, Kind } from '../../core/devices/causes';
import { keep, kept, outlastsReload } from '../../core/keep';

export interface DeviceChoice {
  id: string;
  name: string;
  current: boolean;
}

export interface MediaTrouble {
  kind: Kind;
  why: 'blocked' | 'missing' | 'busy';
}

export class VisitMedia {
  readonly capture = new Capture({ phone: false });
  /** Where the page shows the own picture. */
  drawn: HTMLVideoElement | null = null;
  readonly #state = signal<CaptureState>(this.capture.state);
  readonly #known = signal<MediaDeviceInfo[]>([]);
  #end: (() => void) | undefined;

  /** The picture for the self view. */
  readonly local: ReadonlySignal<MediaStream | null>;
  readonly camera: ReadonlySignal<boolean>;
  readonly microphone: ReadonlySignal<boolean>;
  readonly microphones: ReadonlySignal<DeviceChoice[]>;
  readonly cameras: ReadonlySignal<DeviceChoice[]>;
  readonly trouble: ReadonlySignal<MediaTrouble | null>;
  /** The microphone went away in the middle, and another one that is there. */
  readonly microphoneStopped: ReadonlySignal<{ instead: DeviceChoice | undefined } | null>;

  constructor(private readonly visit: string) {
    const camera = computed(() => this.#state.value.camera);
    this.local = computed(() => (camera.value ? new MediaStream([camera.value]) : null));
    this.camera = computed(() => isRunning(this.#state.value.camera) && !this.#state.value.cameraOff);
    this.microphone = computed(() => isRunning(this.#state.value.microphone) && !this.#state.value.muted);
    this.microphones = computed(() => this.#devices('audioinput', this.#state.value.microphone));
    this.cameras = computed(() => this.#devices('videoinput', this.#state.value.camera));
    this.trouble = computed(() => troubleOf(this.#state.value));
    this.microphoneStopped = computed(() => {
      const { microphone, muted } = this.#state.value;
      if (!microphone || muted || (isRunning(microphone) && !microphone.muted)) return null;
      return { instead: this.microphones.value.find((one) => !one.current) };
    });
  }

  /** What was turned off in this visit. Where nothing is kept that is not known after a reload, so nothing goes out before it is turned on. */
  get choices(): Choices {
    return kept<Choices>(this.visit) ?? (outlastsReload() ? {} : { cameraOff: true, muted: true });
  }

  /** Keeps a choice over a reload, for this visit. */
  choose(part: Choices) {
    keep(this.visit, { ...this.choices, ...part });
  }

  /** Turns both on, but for what was turned off. */
  async start() {
    const follow = this.capture.listen((state) => (this.#state.value = { ...state }));
    const look = () => void this.#look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    this.#end = () => {
      follow();
      navigator.mediaDevices?.removeEventListener('devicechange', look);
    };
    await startAsChosen(this.capture, this.choices);
    await this.#look();
  }

  /** Once more, after trouble or the telephone. */
  async startAgain() {
    await this.capture.start(['camera', 'microphone']);
    await this.#look();
  }

  stop() {
    this.#end?.();
    this.capture.stop();
    this.#state.value = { ...this.capture.state };
  }

  async setCamera(on: boolean) {
    this.choose({ cameraOff: !on });
    await this.capture.setCameraOff(!on);
    await this.#look();
  }

  setMicrophone(on: boolean) {
    this.choose({ muted: !on });
    if (on && !isRunning(this.capture.state.microphone)) void this.capture.start(['microphone']);
    this.capture.setMuted(!on);
  }

  chooseMicrophone = (id: string) => this.capture.choose('microphone', id);
  chooseCamera = (id: string) => this.capture.choose('camera', id);

  async #look() {
    this.#known.value = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    this.#state.value = { ...this.capture.state };
  }

  #devices(kind: MediaDeviceKind, track: MediaStreamTrack | null): DeviceChoice[] {
    const current = track?.getSettings().deviceId;
    return this.#known.value
      .filter((device) => device.kind === kind && device.label && device.deviceId !== 'communications')
      .map((device) => ({ id: device.deviceId, name: device.label, current: device.deviceId === current }));
  }
}

function isRunning(track: MediaStreamTrack | null): boolean {
  return track !== null && track.readyState === 'live';
}

/** Why nothing is sent that should be; a camera that is off by choice is no trouble. */
function troubleOf({ microphoneCause, cameraCause, cameraOff }: CaptureState): MediaTrouble | null {
  const microphone = microphoneCause && WHY[microphoneCause];
  const camera = cameraCause && !cameraOff ? WHY[cameraCause] : undefined;
  if (microphone && microphone !== camera) return { kind: 'microphone', why: microphone };
  return camera ? { kind: 'camera', why: camera } : null;
}

const WHY: Record<Cause, MediaTrouble['why']> = {
  blocked: 'blocked',
  blocked_by_phone: 'blocked',
  dismissed: 'blocked',
  not_found: 'missing',
  unsupported: 'missing',
  in_use: 'busy',
};
