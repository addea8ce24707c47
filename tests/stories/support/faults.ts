// Phones and networks with one thing wrong each. What Chromium's fake devices cannot be is made in the page under test, before its
// own scripts: the page sees a camera or a microphone that behaves so.
import type { Page } from "@playwright/test";

export type CameraFault = "missing" | "in_use" | "black" | "frozen" | "slow";
export type MicrophoneFault = "silent" | "clipping" | "muted";

/** Runs in the page before its scripts. */
export function breakDevices({ camera, microphone }: { camera?: CameraFault; microphone?: MicrophoneFault }): void {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const real = devices.getUserMedia.bind(devices);
  const drawn = (fault: CameraFault): MediaStreamTrack => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const brush = canvas.getContext("2d");
    let turn = 0;
    const draw = (): void => {
      if (!brush) return;
      brush.fillStyle = fault === "black" ? "#000" : `hsl(${fault === "frozen" ? 120 : (turn += 40)} 70% 60%)`;
      brush.fillRect(0, 0, canvas.width, canvas.height);
    };
    draw();
    setInterval(draw, fault === "slow" ? 250 : 60);
    return canvas.captureStream(fault === "slow" ? 4 : 20).getVideoTracks()[0]!;
  };
  const sounding = (fault: MicrophoneFault): MediaStreamTrack => {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const out = audio.createMediaStreamDestination();
    tone.type = "square";
    loudness.gain.value = fault === "silent" ? 0 : fault === "clipping" ? 4 : 0.2;
    tone.connect(loudness).connect(out);
    tone.start();
    const track = out.stream.getAudioTracks()[0]!;
    if (fault === "muted") Object.defineProperty(track, "muted", { get: () => true });
    return track;
  };
  devices.getUserMedia = async (wanted = {}) => {
    if (wanted.video && camera === "missing") throw new DOMException("", "NotFoundError");
    if (wanted.video && camera === "in_use") throw new DOMException("", "NotReadableError");
    const stream = await real(wanted);
    const put = (kind: "audio" | "video", track: MediaStreamTrack): void => {
      for (const old of stream.getTracks().filter((other) => other.kind === kind)) {
        old.stop();
        stream.removeTrack(old);
      }
      stream.addTrack(track);
    };
    if (wanted.video && camera) put("video", drawn(camera));
    if (wanted.audio && microphone) put("audio", sounding(microphone));
    return stream;
  };
}

/** Runs in the page before its scripts: nothing that is sent on the record channel leaves. */
export function swallowRecords(): void {
  const make = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (label: string, options?: RTCDataChannelInit) {
    const channel = make.call(this, label, options);
    if (label === "records") channel.send = () => undefined;
    return channel;
  };
}

export interface Weather {
  /** Share of packets in percent, each way. */
  loss?: number;
  /** Kilobits a second, each way. */
  kbps?: number;
  /** There and back. */
  roundTripMs?: number;
}

/** From now on; shapes a WebRTC connection only if it is made after this. Loss counts only together with a latency or a rate. */
export async function weather(page: Page, { loss = 0, kbps, roundTripMs }: Weather): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const bytes = kbps === undefined ? -1 : (kbps * 1000) / 8;
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: roundTripMs === undefined ? 1 : roundTripMs / 2,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
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
