// Looks at the media that really flows, through the browser's own statistics. The page itself offers no hook:
// the watcher below is put into the profile by the story, not by the product.
import { expect, type Page } from "@playwright/test";

/** Runs in the page before its scripts: remembers every connection it makes. */
export function watchConnections(): void {
  const Real = window.RTCPeerConnection;
  const made: RTCPeerConnection[] = [];
  const said = { descriptions: 0, pictureLimits: [] as number[] };
  Object.assign(window, { storyConnections: made, storySaid: said });
  const limit = RTCRtpSender.prototype.setParameters;
  RTCRtpSender.prototype.setParameters = function (parameters, options) {
    if (this.track?.kind === "video") said.pictureLimits.push(parameters.encodings[0]?.maxBitrate ?? Infinity);
    return limit.call(this, parameters, options);
  };
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }

    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      said.descriptions++;
      await super.setRemoteDescription(description);
    }
  };
}

export type Transport = "udp" | "tcp" | "tls";

/** Runs in the page after `watchConnections`: the network it is on lets nothing out but one way to the relay. */
export function letThroughOnly(transport: Transport): void {
  const Watched = window.RTCPeerConnection;
  const way = (url: string): string => (url.startsWith("turns:") ? "tls" : url.endsWith("transport=tcp") ? "tcp" : "udp");
  const narrowed = (configuration: RTCConfiguration): RTCConfiguration => {
    const iceServers = (configuration.iceServers ?? [])
      .map((server) => ({ ...server, urls: [server.urls].flat().filter((url) => way(url) === transport) }))
      .filter((server) => server.urls.length > 0);
    return { ...configuration, iceServers, iceTransportPolicy: "relay" };
  };
  window.RTCPeerConnection = class extends Watched {
    constructor(configuration: RTCConfiguration = {}) {
      super(narrowed(configuration));
    }

    override setConfiguration(configuration: RTCConfiguration = {}): void {
      super.setConfiguration(narrowed(configuration));
    }
  };
}

/** Runs in the page: its first socket arrives at this gateway, as where the balancer could not keep a visit together. */
export function landsOn(node: string): void {
  const Real = window.WebSocket;
  let isFirst = true;
  window.WebSocket = class extends Real {
    constructor(url: string | URL, protocols?: string | string[]) {
      const address = new URL(url);
      if (isFirst) address.searchParams.set("node", node);
      isFirst = false;
      super(address, protocols);
    }
  };
}

export interface Flow {
  connections: number;
  /** Heard from the other side: rises where the call is negotiated anew. */
  descriptions: number;
  framesDecoded: number;
  audioEnergy: number;
  /** Of the pair in use, on this side and the other. */
  localCandidate: string;
  remoteCandidate: string;
  /** How this side reaches the relay: udp, tcp or tls; empty without a relay. */
  relayTransport: string;
}

/** A page of any engine that can be asked. */
export interface Asked {
  evaluate<T>(question: () => T | Promise<T>): Promise<T>;
}

/** What arrives on the newest connection that is up and receives media. */
export async function flow(page: Asked): Promise<Flow> {
  return page.evaluate(async () => {
    const made = (window as unknown as { storyConnections: RTCPeerConnection[] }).storyConnections;
    const { descriptions } = (window as unknown as { storySaid: { descriptions: number } }).storySaid;
    const result = { connections: made.length, descriptions, framesDecoded: 0, audioEnergy: 0, localCandidate: "", remoteCandidate: "", relayTransport: "" };
    for (const connection of made) {
      if (connection.connectionState === "closed") continue;
      const reports = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((report: Record<string, unknown>) => reports.set(String(report["id"]), report));
      const inbound = [...reports.values()].filter((report) => report["type"] === "inbound-rtp");
      if (inbound.length === 0) continue;
      for (const report of inbound) {
        result.framesDecoded += Number(report["framesDecoded"] ?? 0);
        result.audioEnergy += Number(report["totalAudioEnergy"] ?? 0);
      }
      const transport = [...reports.values()].find((report) => report["type"] === "transport" && report["selectedCandidatePairId"]);
      const pair = reports.get(String(transport?.["selectedCandidatePairId"]));
      const local = reports.get(String(pair?.["localCandidateId"]));
      result.localCandidate = String(local?.["candidateType"] ?? "");
      result.relayTransport = String(local?.["relayProtocol"] ?? "");
      result.remoteCandidate = String(reports.get(String(pair?.["remoteCandidateId"]))?.["candidateType"] ?? "");
    }
    return result;
  });
}

/** The bits a second this page let its picture have at first. */
export async function firstPictureLimit(page: Page): Promise<number | undefined> {
  return page.evaluate(() => (window as unknown as { storySaid: { pictureLimits: number[] } }).storySaid.pictureLimits[0]);
}

/** Pictures move and sound is heard on this page: both figures rise from where they are now. A new connection counts from nothing. A busy
 * machine measures a bad network, and then a picture is first tried after twenty seconds. */
export async function expectSeesAndHears(page: Asked): Promise<void> {
  await expectMoreOf(page, "decoded frames and audio energy rise", (now, before) => now.framesDecoded > before.framesDecoded + 5 && now.audioEnergy > before.audioEnergy);
}

/** Sound is heard on this page, whether or not there are pictures. */
export async function expectHears(page: Asked): Promise<void> {
  await expectMoreOf(page, "audio energy rises", (now, before) => now.audioEnergy > before.audioEnergy);
}

async function expectMoreOf(page: Asked, message: string, more: (now: Flow, before: Flow) => boolean): Promise<void> {
  let before = await flow(page);
  await expect
    .poll(async () => {
      const now = await flow(page);
      if (now.connections !== before.connections) before = now;
      return more(now, before);
    }, { timeout: 60_000, message })
    .toBe(true);
}

/** Notes, from now on, for how long the picture of the other person stands still. */
export async function watchForFrozenPictures(page: Page): Promise<{ longestFreezeMs(): Promise<number> }> {
  await page.evaluate(() => {
    const video = [...document.querySelectorAll("video")].sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight)[0];
    if (!video) throw new Error("no picture to watch");
    const watch = { longest: 0, last: performance.now() };
    Object.assign(window, { storyFreeze: watch });
    const onFrame = () => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - watch.last);
      watch.last = now;
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  });
  return {
    longestFreezeMs: () =>
      page.evaluate(() => {
        const watch = (window as unknown as { storyFreeze: { longest: number; last: number } }).storyFreeze;
        return Math.max(watch.longest, performance.now() - watch.last);
      }),
  };
}
