// The record in a story: items as large as a scanned page, a clinician's page that was tampered with, and how well sound gets through.
import { createPrivateKey, createHash, randomBytes, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { REPOSITORY, type Gateway } from "./gateway.ts";

interface Prepared {
  manifest: string;
  signature: string;
  content: string;
}

type Change = (prepared: Prepared, key: KeyObject) => Prepared;

/** From now on what this clinician prepares is changed on its way to the page. */
async function prepares(page: Page, gateway: Gateway, change: Change): Promise<void> {
  const key = signingKey(gateway);
  await asItIs(page);
  await page.route(SNIPPETS, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change((await answer.json()) as Prepared, key) });
  });
}

const SNIPPETS = "**/api/v1/visits/*/snippets";
export const asItIs = (page: Page) => page.unroute(SNIPPETS);

/** As large as this, whatever it is: noise beside what is drawn, as an image would be, which cannot be made smaller. */
export function preparesLarge(page: Page, gateway: Gateway, bytes: number): Promise<void> {
  return preparesBeside(page, gateway, () => randomBytes(bytes).toString("base64"));
}

/** The same with so much text beside it as a clinician would write, every word by chance. */
export function preparesText(page: Page, gateway: Gateway, bytes: number): Promise<void> {
  return preparesBeside(page, gateway, () => {
    let text = "";
    while (text.length < bytes) text += `${WORDS[randomBytes(2).readUInt16BE() % WORDS.length]} `;
    return text;
  });
}

const WORDS = readFileSync(join(REPOSITORY, "docs/PROTOCOL.md"), "utf8").split(/\s+/);

function preparesBeside(page: Page, gateway: Gateway, beside: () => string): Promise<void> {
  return prepares(page, gateway, ({ manifest, content }, key) => {
    const drawn = JSON.parse(Buffer.from(content, "base64url").toString()) as object;
    const large = Buffer.from(JSON.stringify({ ...drawn, beside: beside() }));
    const sha256 = createHash("sha256").update(large).digest("hex");
    return { ...signed(manifest, { size: large.length, sha256 }, key), content: large.toString("base64url") };
  });
}

/** With these fields of the manifest replaced, and signed with the gateway's own key. */
export function preparesWith(page: Page, gateway: Gateway, fields: object): Promise<void> {
  return prepares(page, gateway, (prepared, key) => ({ ...prepared, ...signed(prepared.manifest, fields, key) }));
}

export function preparesUnsigned(page: Page, gateway: Gateway): Promise<void> {
  return prepares(page, gateway, (prepared) => ({ ...prepared, signature: "" }));
}

function signed(manifest: string, fields: object, key: KeyObject): Omit<Prepared, "content"> {
  const text = JSON.stringify({ ...(JSON.parse(manifest) as object), ...fields });
  return { manifest: text, signature: sign(null, Buffer.from(text), key).toString("base64url") };
}

/** The seed stands behind this mark in the gateway's key file, which is of a newer form than Node reads. */
function signingKey({ data }: Gateway): KeyObject {
  const file = readFileSync(join(data, "snippet-signing.pkcs8"));
  const mark = Buffer.from([0x04, 0x22, 0x04, 0x20]);
  const at = file.indexOf(mark) + mark.length;
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([head, file.subarray(at, at + 32)]), format: "der", type: "pkcs8" });
}

/** Runs in the page before its scripts: keeps hold of the record channels it makes, and counts what it sends. */
export function holdChannels(): void {
  const make = RTCPeerConnection.prototype.createDataChannel;
  const held = { channels: [] as RTCDataChannel[], said: [] as string[], change: false };
  Object.assign(window, { storyRecords: held });
  RTCPeerConnection.prototype.createDataChannel = function (label: string, options?: RTCDataChannelInit) {
    const channel = make.call(this, label, options);
    if (label !== "records") return channel;
    held.channels.push(channel);
    const send = channel.send.bind(channel) as (data: string | ArrayBuffer) => void;
    channel.send = ((data: string | ArrayBuffer) => {
      if (typeof data === "string") held.said.push(data);
      else if (held.change) new Uint8Array(data)[data.byteLength - 1]! ^= 0x41;
      send(data);
    }) as RTCDataChannel["send"];
    return channel;
  };
}

interface Held {
  storyRecords: { channels: RTCDataChannel[]; said: string[]; change: boolean };
}

/** From now on one byte of every piece that this page sends is another one. */
export async function changesBytes(page: Page, change: boolean): Promise<void> {
  await page.evaluate((on) => void ((window as unknown as Held).storyRecords.change = on), change);
}

/** Sends the first words of a delivery once more, with these fields replaced. */
export async function repeats(page: Page, index: number, change: object = {}): Promise<void> {
  await page.evaluate(
    ({ index, change }) => {
      const { channels, said } = (window as unknown as Held).storyRecords;
      const begins = said.map((text) => JSON.parse(text) as { t: string }).filter(({ t }) => t === "begin");
      channels.at(-1)?.send(JSON.stringify({ ...begins.at(index), k: 4_000, ...change }));
    },
    { index, change },
  );
}

export interface Sound {
  /** Packets of sound that arrived, and that did not, so far. */
  received: number;
  lost: number;
  /** Seconds of sound, and seconds of those that had to be made up. */
  heard: number;
  madeUp: number;
  roundTripMs: number;
}

export function sound(page: Page): Promise<Sound> {
  return page.evaluate(async () => {
    const made = (window as unknown as { storyConnections: RTCPeerConnection[] }).storyConnections;
    const now: Sound = { received: 0, lost: 0, heard: 0, madeUp: 0, roundTripMs: 0 };
    const report = await made.filter((pc) => pc.connectionState === "connected").at(-1)?.getStats();
    const number = (row: Record<string, unknown>, name: string) => Number(row[name] ?? 0);
    report?.forEach((row: Record<string, unknown>) => {
      if (row["type"] === "inbound-rtp" && row["kind"] === "audio") {
        now.received = number(row, "packetsReceived");
        now.lost = number(row, "packetsLost");
        now.heard = number(row, "totalSamplesDuration");
        const all = number(row, "totalSamplesReceived");
        now.madeUp = all === 0 ? 0 : (now.heard * (number(row, "concealedSamples") - number(row, "silentConcealedSamples"))) / all;
      }
      if (row["type"] === "candidate-pair" && row["nominated"] === true) now.roundTripMs = Math.max(now.roundTripMs, number(row, "currentRoundTripTime") * 1000);
    });
    return now;
  });
}

/** How sound gets through while this goes on: share lost, share made up, and the longest way there and back that was seen. */
export async function soundDuring(page: Page, forMs: number): Promise<{ lost: number; madeUp: number; roundTripMs: number; packets: number }> {
  const first = await sound(page);
  const trips: number[] = [];
  for (const until = Date.now() + forMs; Date.now() < until; ) {
    await new Promise((later) => setTimeout(later, 500));
    trips.push((await sound(page)).roundTripMs);
  }
  const last = await sound(page);
  const [packets, lost] = [last.received - first.received, last.lost - first.lost];
  trips.sort((a, b) => a - b);
  return { packets, lost: lost / Math.max(1, packets + lost), madeUp: (last.madeUp - first.madeUp) / Math.max(0.1, last.heard - first.heard), roundTripMs: trips[Math.floor(trips.length / 2)] ?? 0 };
}
