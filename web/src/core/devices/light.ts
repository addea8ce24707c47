// Finds a camera that is on and shows nothing: a covered lens, a dark room, or a camera that another app has. Looks every few seconds at a
// few pixels of the own picture as this page shows it anyway, which costs an old phone next to nothing; they are neither kept nor sent.
import { THRESHOLDS } from '../checks/thresholds';

const LOOK_EVERY_MS = 2_500;
/** Looks in a row: a hand before the lens is nothing yet. */
const DARK_LOOKS = 3;
/** Light that is back is clearly more than what was missed, so that a dim room does not flicker between the two. */
const { blackLuma: BLACK } = THRESHOLDS.camera;
const LIGHT = 2 * BLACK;

export class Light {
  #at = Number.NEGATIVE_INFINITY;
  #darkLooks = 0;

  /** `look` gives the brightness, 0 to 255, and nothing where there is no picture to look at; it is asked only when it is time. */
  judge(at: number, look: () => number | undefined): boolean {
    if (at - this.#at >= LOOK_EVERY_MS) {
      this.#at = at;
      this.#saw(look());
    }
    return this.#darkLooks >= DARK_LOOKS;
  }

  /** Another camera, or none: what was seen of the one before does not count. */
  reset(): void {
    this.#darkLooks = 0;
  }

  #saw(brightness: number | undefined): void {
    if (brightness === undefined) return;
    const isDark = this.#darkLooks >= DARK_LOOKS;
    this.#darkLooks = brightness < (isDark ? LIGHT : BLACK) ? this.#darkLooks + 1 : 0;
  }
}

const [WIDTH, HEIGHT] = [16, 12];
let brush: CanvasRenderingContext2D | null | undefined;

/** Of the picture that this element plays now. */
export function brightnessOf(video: HTMLVideoElement | null): number | undefined {
  if (!video || video.paused || video.videoWidth === 0) return undefined;
  brush ??= Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT }).getContext('2d', { willReadFrequently: true });
  brush?.drawImage(video, 0, 0, WIDTH, HEIGHT);
  return brush ? brightness(brush.getImageData(0, 0, WIDTH, HEIGHT).data) : undefined;
}

/** The mean of some pixels as an eye weighs their colours. */
export function brightness(pixels: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) sum += ((pixels[i] ?? 0) * 3 + (pixels[i + 1] ?? 0) * 6 + (pixels[i + 2] ?? 0)) / 10;
  return pixels.length > 0 ? sum / (pixels.length / 4) : 0;
}
