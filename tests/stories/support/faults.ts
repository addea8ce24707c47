// Phones and networks with one thing wrong each. What Chromium's fake devices cannot be is made in the page under test, before its
// own scripts: the page sees a camera or a microphone that behaves so.
import type { CDPSession, Page } from "@playwright/test";

export type CameraFault = "denied" | "missing" | "in_use" | "black" | "frozen" | "slow" | "stopped";
export type MicrophoneFault = "silent" | "clipping" | "muted";

export interface Faults {
  camera?: CameraFault;
  microphone?: MicrophoneFault;
  /** The browser plays nothing before a tap. */
  sound?: "waits for a tap";
  /** Nothing that is sent on a record channel arrives. */
  records?: "swallowed";
}

/** What is wrong with this phone from now on, also after a reload; it must have come with `bendDevices`. */
export async function nowWrong(page: Page, faults: Faults): Promise<void> {
  await page.evaluate((faults) => sessionStorage.setItem("storyFaults", JSON.stringify(faults)), faults);
}

/** Runs in the page before its scripts: a camera, a microphone and record channels that follow `nowWrong`. */
export function bendDevices(): void {
  const faults = (): Faults => JSON.parse(sessionStorage.getItem("storyFaults") ?? "{}") as Faults;
  const drawn = (): MediaStreamTrack => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const brush = canvas.getContext("2d");
    let turn = 0;
    const draw = (): void => {
      const { camera } = faults();
      turn++;
      if (!brush || (camera === "slow" && turn % 5 > 0)) return;
      brush.fillStyle = camera === "black" ? "#000" : `hsl(${camera === "frozen" ? 120 : turn * 40} 70% 60%)`;
      brush.fillRect(0, 0, canvas.width, canvas.height);
    };
    draw();
    setInterval(draw, 50);
    return canvas.captureStream(20).getVideoTracks()[0]!;
  };
  const sounding = (): MediaStreamTrack => {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const out = audio.createMediaStreamDestination();
    const LOUD = { silent: 0, clipping: 4, muted: 0.2, well: 0.2 };
    tone.type = "square";
    loudness.gain.value = LOUD.well;
    setInterval(() => (loudness.gain.value = LOUD[faults().microphone ?? "well"]), 50);
    tone.connect(loudness).connect(out);
    tone.start();
    const track = out.stream.getAudioTracks()[0]!;
    Object.defineProperty(track, "muted", { get: () => faults().microphone === "muted" });
    return track;
  };
  navigator.mediaDevices.getUserMedia = async (wanted = {}) => {
    const { camera } = faults();
    if (wanted.video && camera === "denied") throw new DOMException("", "NotAllowedError");
    if (wanted.video && camera === "missing") throw new DOMException("", "NotFoundError");
    if (wanted.video && camera === "in_use") throw new DOMException("", "NotReadableError");
    return new MediaStream([...(wanted.video ? [drawn()] : []), ...(wanted.audio ? [sounding()] : [])]);
  };
  const send = RTCDataChannel.prototype.send as (data: unknown) => void;
  RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
    if (this.label !== "records" || faults().records !== "swallowed") send.call(this, data);
  };
}

/** Runs in the page before its scripts: the true camera and microphone, which can be taken away, and a camera that gives nothing new or is covered. */
export function bendCall(): void {
  const faults = (): Faults => JSON.parse(sessionStorage.getItem("storyFaults") ?? "{}") as Faults;
  const given: MediaStreamTrack[] = [];
  Object.assign(window, { storyTracks: given });
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const drawn = (camera: CameraFault): MediaStreamTrack => {
    const brush = document.createElement("canvas").getContext("2d")!;
    const draw = (): void => {
      brush.fillStyle = faults().camera === "black" ? "#000" : `hsl(${Date.now() % 360} 70% 60%)`;
      brush.fillRect(0, 0, brush.canvas.width, brush.canvas.height);
    };
    draw();
    if (camera !== "stopped") setInterval(draw, 50);
    return brush.canvas.captureStream(camera === "stopped" ? 0 : 20).getVideoTracks()[0]!;
  };
  navigator.mediaDevices.getUserMedia = async (wanted = {}) => {
    const stream = await ask(wanted);
    const { camera } = faults();
    if (wanted.video && camera) {
      for (const track of stream.getVideoTracks()) stream.removeTrack(track);
      stream.addTrack(drawn(camera));
    }
    given.push(...stream.getTracks());
    return stream;
  };
  let isTapped = false;
  document.addEventListener("click", () => {
    isTapped = true;
    setTimeout(() => (isTapped = false), 0);
  }, true);
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    const waits = faults().sound === "waits for a tap" && !this.muted && !isTapped;
    return waits ? Promise.reject(new DOMException("", "NotAllowedError")) : play.call(this);
  };
}

/** Runs in the page, with `bendCall`: the phone takes the newest microphone or camera away, or lets nothing through it. */
export function takeAway(how: "silenced" | "ended" | "ended camera"): void {
  const given = (window as unknown as { storyTracks: MediaStreamTrack[] }).storyTracks;
  const track = given.filter(({ kind }) => kind === (how === "ended camera" ? "video" : "audio")).at(-1)!;
  if (how === "silenced") Object.defineProperty(track, "muted", { configurable: true, get: () => true });
  else track.stop();
  track.dispatchEvent(new Event(how === "silenced" ? "mute" : "ended"));
}

/** Runs in the page, with `bendCall`: how many cameras are on. */
export function camerasOn(): number {
  const given = (window as unknown as { storyTracks: MediaStreamTrack[] }).storyTracks;
  return given.filter(({ kind, readyState }) => kind === "video" && readyState === "live").length;
}

/** Runs in the page before its scripts: nothing may be kept on this phone but what the gateway needs. */
export function keepsNothing(): void {
  for (const store of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(window, store, { get: () => { throw new DOMException("", "SecurityError"); } });
  }
}

/** Runs in the page: it is locked away, or looked at again. */
export function putAway(isAway: boolean): void {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (isAway ? "hidden" : "visible") });
  document.dispatchEvent(new Event("visibilitychange"));
}

export interface Weather {
  /** Share of packets in percent, each way. */
  loss?: number;
  /** Kilobits a second, each way. */
  kbps?: number;
  /** Kilobits a second of the way down alone. */
  kbpsDown?: number;
  /** There and back. */
  roundTripMs?: number;
}

/** One for each page: of two sessions the first would go on ruling. */
const skies = new WeakMap<Page, CDPSession>();

/** From now on; shapes a WebRTC connection only if it is made after this. Loss counts only together with a latency or a rate. */
export async function weather(page: Page, { loss = 0, kbps, kbpsDown = kbps, roundTripMs }: Weather): Promise<void> {
  const devtools = skies.get(page) ?? (await page.context().newCDPSession(page));
  skies.set(page, devtools);
  const bytes = (rate?: number) => (rate === undefined ? -1 : (rate * 1000) / 8);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: roundTripMs === undefined ? 1 : roundTripMs / 2,
    downloadThroughput: bytes(kbpsDown),
    uploadThroughput: bytes(kbps),
    packetLoss: loss,
  });
}

/** The person looks at another app for a moment. Runs in the page. */
export function lookAway(): void {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
}

/** Runs in the page before its scripts: an ear for tones and spoken words, which no browser without loudspeakers has. */
export function pretendToHear(): void {
  const heard = { storyTones: 0, storySaid: [] as string[] };
  Object.assign(window, heard);
  const page = window as unknown as typeof heard;
  const counts = new WeakMap<BaseAudioContext, number>();
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when?: number) {
    const tones = (counts.get(this.context) ?? 0) + 1;
    counts.set(this.context, tones);
    page.storyTones = tones;
    start.call(this, when);
  };
  speechSynthesis.speak = (saying: SpeechSynthesisUtterance) => void page.storySaid.push(saying.text);
}
