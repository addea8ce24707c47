// The one owner of camera and microphone. A second getUserMedia elsewhere would end the first on many phones, so whoever
// needs a track asks here.
import { cameraLadder, microphoneLadder, type Facing, type Wishes } from './constraints';
import { causeOf, permissionFor, type Cause, type Kind } from './causes';

export interface CaptureState {
  camera: MediaStreamTrack | null;
  microphone: MediaStreamTrack | null;
  /** Why there is none although one was asked for. */
  cameraCause?: Cause;
  microphoneCause?: Cause;
  /** The person's own choice: the microphone keeps running and sends silence. */
  muted: boolean;
  /** The person's own choice: the camera is off and its light too. */
  cameraOff: boolean;
  facing: Facing;
}

export type CaptureListener = (state: CaptureState) => void;

export class Capture {
  #state: CaptureState = { camera: null, microphone: null, muted: false, cameraOff: false, facing: 'user' };
  #wishes: Omit<Wishes, 'facing'>;
  #listeners = new Set<CaptureListener>();
  #turn: Promise<unknown> = Promise.resolve();
  #stops = 0;
  /** How often it had been stopped when the question that is open now was meant. */
  #stopsBefore = 0;

  constructor(wishes: Omit<Wishes, 'facing'>) {
    this.#wishes = wishes;
  }

  get state(): CaptureState {
    return this.#state;
  }

  /** Calls back at every change; returns what stops that. */
  listen(listener: CaptureListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for what is named, but for a camera that the person turned off, and keeps what it gets. One denied does not cost the other. */
  start(kinds: readonly Kind[]): Promise<CaptureState> {
    return this.#inTurn(() => this.#ask(kinds));
  }

  setMuted(muted: boolean): void {
    if (this.#state.microphone) this.#state.microphone.enabled = !muted;
    this.#change({ muted });
  }

  /** Off it is at once, whatever is being asked for. */
  setCameraOff(cameraOff: boolean): Promise<CaptureState> {
    this.#change({ cameraOff });
    if (!cameraOff) return this.start(['camera']);
    this.#drop('camera');
    return Promise.resolve(this.#state);
  }

  /** The camera on the phone's other side. */
  flip(): Promise<CaptureState> {
    return this.#inTurn(async () => {
      this.#drop('camera');
      const { camera: _chosen, ...wishes } = this.#wishes;
      this.#wishes = wishes;
      this.#change({ facing: this.#state.facing === 'user' ? 'environment' : 'user' });
      return this.#ask(['camera']);
    });
  }

  /** Another camera or microphone, by its device id. */
  choose(kind: Kind, deviceId: string): Promise<CaptureState> {
    return this.#inTurn(async () => {
      this.#drop(kind);
      this.#wishes = { ...this.#wishes, [kind]: deviceId };
      return this.#ask([kind]);
    });
  }

  /** Gets a track back that the phone took away, for a call or another app. */
  recover(): Promise<CaptureState> {
    const lost: Kind[] = [];
    if (!this.#state.cameraOff && this.#state.camera?.readyState === 'ended') lost.push('camera');
    if (this.#state.microphone?.readyState === 'ended') lost.push('microphone');
    return lost.length > 0 ? this.start(lost) : Promise.resolve(this.#state);
  }

  /** All of it, and what is still being asked for. */
  stop(): void {
    this.#stops++;
    this.#drop('camera');
    this.#drop('microphone');
  }

  #inTurn(step: () => Promise<CaptureState>): Promise<CaptureState> {
    const stops = this.#stops;
    const result = this.#turn.then(() => {
      this.#stopsBefore = stops;
      return this.#isStopped ? this.#state : step();
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  get #isStopped(): boolean {
    return this.#stops !== this.#stopsBefore;
  }

  /** Nobody wants it any more: stopped, or turned off by the person. */
  #isUnwanted(kind: Kind): boolean {
    return this.#isStopped || (kind === 'camera' && this.#state.cameraOff);
  }

  async #ask(kinds: readonly Kind[]): Promise<CaptureState> {
    const wanted = kinds.filter((kind) => !this.#isUnwanted(kind));
    const together = wanted.length === 2 && (await this.#askTogether());
    if (!together) for (const kind of wanted) await this.#askOne(kind);
    return this.#state;
  }

  /** One question for both is one tap less; where it fails, each is asked for itself. */
  async #askTogether(): Promise<boolean> {
    const wishes = this.#allWishes();
    try {
      const stream = await capture({
        video: cameraLadder(wishes)[0] as MediaTrackConstraints,
        audio: microphoneLadder(wishes)[0] as MediaTrackConstraints,
      });
      this.#keep('camera', stream.getVideoTracks()[0]);
      this.#keep('microphone', stream.getAudioTracks()[0]);
      return true;
    } catch (error) {
      return this.#bothRefused(error);
    }
  }

  /** A "no" to both is taken as one: asking again for each would nag. */
  async #bothRefused(error: unknown): Promise<boolean> {
    const [camera, microphone] = await Promise.all([permissionFor('camera'), permissionFor('microphone')]);
    const cameraCause = causeOf(error, camera);
    const microphoneCause = causeOf(error, microphone);
    const refused = (cause: Cause) => cause === 'blocked' || cause === 'dismissed';
    const differ = camera !== microphone;
    if (!refused(cameraCause) || !refused(microphoneCause) || differ) return false;
    this.#change({ camera: null, microphone: null, cameraCause, microphoneCause });
    return true;
  }

  async #askOne(kind: Kind): Promise<void> {
    if (this.#isUnwanted(kind)) return;
    const wishes = this.#allWishes();
    const ladder = kind === 'camera' ? cameraLadder(wishes) : microphoneLadder(wishes);
    let failure: unknown;
    for (const rung of ladder) {
      try {
        const stream = await capture(kind === 'camera' ? { video: rung } : { audio: rung });
        return this.#keep(kind, stream.getTracks()[0]);
      } catch (error) {
        failure = error;
        if (this.#isUnwanted(kind)) return;
        if (!mayTakeLess(kind, error)) break;
      }
    }
    const cause = causeOf(failure, await permissionFor(kind));
    this.#silence(kind);
    this.#change({ [kind]: null, [causeKey(kind)]: cause });
  }

  #keep(kind: Kind, track: MediaStreamTrack | undefined): void {
    if (!track) return;
    if (this.#isUnwanted(kind)) return track.stop();
    if (this.#state[kind] !== track) this.#state[kind]?.stop();
    if (kind === 'microphone') track.enabled = !this.#state.muted;
    // A track that the phone ends or silences shows as a change; who listens decides what to do.
    track.onended = track.onmute = track.onunmute = () => this.#change({});
    const { [causeKey(kind)]: _mended, ...rest } = this.#state;
    this.#state = rest as CaptureState;
    this.#change({ [kind]: track });
  }

  #drop(kind: Kind): void {
    if (!this.#state[kind]) return;
    this.#silence(kind);
    this.#change({ [kind]: null });
  }

  #silence(kind: Kind): void {
    const track = this.#state[kind];
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  #allWishes(): Wishes {
    return { ...this.#wishes, facing: this.#state.facing };
  }

  #change(part: Partial<CaptureState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

/** A wish that cannot be met, or a camera that another app holds in a size of its own: a plainer wish may do. */
function mayTakeLess(kind: Kind, error: unknown): boolean {
  const { name } = error as DOMException;
  return name === 'OverconstrainedError' || (kind === 'camera' && (name === 'NotReadableError' || name === 'AbortError'));
}

function causeKey(kind: Kind): 'cameraCause' | 'microphoneCause' {
  return kind === 'camera' ? 'cameraCause' : 'microphoneCause';
}

function capture(constraints: MediaStreamConstraints): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return Promise.reject(new DOMException('no mediaDevices', 'NotSupportedError'));
  return devices.getUserMedia(constraints);
}
