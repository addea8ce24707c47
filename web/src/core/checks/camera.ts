// Does the camera give moving, visible pictures? Looks at small copies of its frames for two seconds.
import { fail, notChecked, pass, round, warn, type Check, type Result } from './types';
import { brightness } from '../devices/light';
import { WORD } from './permission';
import { THRESHOLDS } from './thresholds';

const T = THRESHOLDS.camera;

export interface Looked {
  firstFrameMs: number | undefined;
  fps: number;
  /** Mean brightness, 0 to 255. */
  luma: number;
  blackShare: number;
  frozenShare: number;
}

export function judge({ firstFrameMs, fps, luma, blackShare, frozenShare }: Looked): Result {
  if (firstFrameMs === undefined || firstFrameMs > T.firstFrameFailMs) return fail('no_frames');
  const values = { first_frame_ms: round(firstFrameMs), fps: round(fps), luma: round(luma), frozen_share: round(frozenShare) };
  if (blackShare > T.badShare) return fail('black', values);
  if (frozenShare > T.badShare) return fail('frozen', values);
  if (fps < T.failFps) return fail('low_frame_rate', values);
  if (luma < T.darkLuma) return warn('dark', values);
  if (fps < T.passFps * 0.9) return warn('low_frame_rate', values);
  return firstFrameMs > T.firstFramePassMs ? warn('slow_start', values) : pass(values);
}

export const camera: Check = {
  name: 'camera',
  async run({ capture }) {
    const { camera: track, cameraCause, cameraOff } = capture.state;
    if (track) return judge(await look(track));
    // Who goes on without a camera that could not be had did not choose to.
    if (!cameraCause || (cameraOff && cameraCause === 'dismissed')) return notChecked('skipped');
    return fail(cameraCause === 'dismissed' ? 'blocked_by_page' : WORD[cameraCause]);
  },
};

/** Frames as a video element shows them; the sizes here are what is looked at, not what is sent. */
async function look(track: MediaStreamTrack): Promise<Looked> {
  const video = document.createElement('video');
  video.muted = video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  const begun = performance.now();
  try {
    const shown = await firstFrame(video, T.firstFrameFailMs);
    if (!shown) return { firstFrameMs: undefined, fps: 0, luma: 0, blackShare: 1, frozenShare: 1 };
    const firstFrameMs = performance.now() - begun;
    return { firstFrameMs, ...(await watch(video, T.measureMs)) };
  } finally {
    video.srcObject = null;
  }
}

function firstFrame(video: HTMLVideoElement, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), withinMs);
    video.onloadeddata = () => {
      clearTimeout(late);
      resolve(true);
    };
    video.play().catch(() => undefined);
  });
}

async function watch(video: HTMLVideoElement, forMs: number): Promise<Omit<Looked, 'firstFrameMs'>> {
  const canvas = document.createElement('canvas');
  canvas.width = 32;
  canvas.height = 24;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const before = frameCount(video);
  const begun = performance.now();
  let last: Uint8ClampedArray | undefined;
  let looked = 0;
  let black = 0;
  let frozen = 0;
  let luma = 0;
  while (performance.now() - begun < forMs) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    brush?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const pixels = brush?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    const bright = brightness(pixels);
    looked++;
    luma += bright;
    if (bright < T.blackLuma) black++;
    if (last && same(last, pixels)) frozen++;
    last = pixels;
  }
  const seconds = (performance.now() - begun) / 1000;
  return { fps: (frameCount(video) - before) / seconds, luma: luma / looked, blackShare: black / looked, frozenShare: frozen / looked };
}

function frameCount(video: HTMLVideoElement): number {
  return video.getVideoPlaybackQuality?.().totalVideoFrames ?? 0;
}

function same(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
