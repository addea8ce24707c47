// Real Chromium in the moods that phones have: everything allowed, camera refused, a microphone that hears nothing.
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { letThroughOnly, watchConnections, type Transport } from "./media.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-device-for-media-stream",
  "--ignore-certificate-errors",
  "--autoplay-policy=no-user-gesture-required",
];

export type Mood = "willing" | "refusing" | "silent" | "without a camera";

const running = new Map<Mood, Promise<Browser>>();

/** One of each mood for all stories of a worker, ended with it: a profile of their own is what keeps people apart. */
export function chromiumIn(mood: Mood = "willing"): Promise<Browser> {
  const known = running.get(mood) ?? chromium.launch({ executablePath: "/usr/bin/chromium", args: [...FLAGS, ...moodFlags(mood)] });
  running.set(mood, known);
  return known;
}

function moodFlags(mood: Mood): string[] {
  switch (mood) {
    case "willing":
      return [`--use-file-for-fake-audio-capture=${wav("beep", BEEP)}`];
    case "without a camera":
      return [...moodFlags("willing"), "--use-fake-device-for-media-stream=device-count=0"];
    case "refusing":
      return ["--deny-permission-prompts"];
    case "silent":
      return [`--use-file-for-fake-audio-capture=${wav("silence", SILENCE)}`];
  }
}

/** A mid-range phone of some years ago, with as few points as it can have: each is drawn by the processor here. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  reducedMotion: "reduce",
  isMobile: true,
  hasTouch: true,
  userAgent:
    "Mozilla/5.0 (Linux; Android 12; SM-A515F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
};

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" };

/** A new empty profile, on a network that lets everything out or only one way to the relay. */
export async function profile(browser: Browser, options: BrowserContextOptions, only?: Transport): Promise<BrowserContext> {
  const context = await browser.newContext({ ...options, ignoreHTTPSErrors: true, locale: options.locale ?? "en-US", timezoneId: "America/Los_Angeles" });
  await context.addInitScript(watchConnections);
  if (only) await context.addInitScript(letThroughOnly, only);
  return context;
}

/** Where the beep of Chromium's own fake microphone is so loud that it clips. */
const BEEP = (second: number) => (second % 0.5 < 0.2 ? 0.1 * Math.sin(2 * Math.PI * 440 * second) : 0);
const SILENCE = () => 0;

/** Four seconds of a sound, as a WAV file that is played again and again. */
function wav(name: string, sound: (second: number) => number): string {
  const rate = 16_000;
  const samples = rate * 4;
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) file.writeInt16LE(Math.round(sound(at / rate) * 32_767), 44 + at * 2);
  const path = join(tmpdir(), `housecall-${name}.wav`);
  writeFileSync(path, file);
  return path;
}
