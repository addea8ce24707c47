// Looks at the media that really flows, through the browser's own statistics. The page itself offers no hook:
// the watcher below is put into the profile by the story, not by the product.
import { expect, type Page } from "@playwright/test";

/** Runs in the page before its scripts: remembers every connection it makes. */
export function watchConnections(): void {
  const Real = window.RTCPeerConnection;
  const made: RTCPeerConnection[] = [];
  Object.assign(window, { storyConnections: made });
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
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

export interface Flow {
  connections: number;
  framesDecoded: number;
  audioEnergy: number;
  /** Of the pair in use, on this side and the other. */
  localCandidate: string;
  remoteCandidate: string;
  /** How this side reaches the relay: udp, tcp or tls; empty without a relay. */
  relayTransport: string;
}

/** What arrives on the newest connection that is up and receives media. */
export async function flow(page: Page): Promise<Flow> {
  return page.evaluate(async () => {
    const made = (window as unknown as { storyConnections: RTCPeerConnection[] }).storyConnections;
    const result = { connections: made.length, framesDecoded: 0, audioEnergy: 0, localCandidate: "", remoteCandidate: "", relayTransport: "" };
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

/** Pictures move and sound is heard on this page: both figures rise from where they are now. A new connection counts from nothing. */
export async function expectSeesAndHears(page: Page): Promise<void> {
  let before = await flow(page);
  await expect
    .poll(async () => {
      const now = await flow(page);
      if (now.connections !== before.connections) before = now;
      return now.framesDecoded > before.framesDecoded + 5 && now.audioEnergy > before.audioEnergy;
    }, { timeout: 20_000, message: "decoded frames and audio energy rise" })
    .toBe(true);
}
