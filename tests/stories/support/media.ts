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

export interface Flow {
  connections: number;
  framesDecoded: number;
  audioEnergy: number;
  /** Of the pair in use, on this side and the other. */
  localCandidate: string;
  remoteCandidate: string;
}

/** What arrives on the newest connection that is up and receives media. */
export async function flow(page: Page): Promise<Flow> {
  return page.evaluate(async () => {
    const made = (window as unknown as { storyConnections: RTCPeerConnection[] }).storyConnections;
    const result = { connections: made.length, framesDecoded: 0, audioEnergy: 0, localCandidate: "", remoteCandidate: "" };
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
      result.localCandidate = String(reports.get(String(pair?.["localCandidateId"]))?.["candidateType"] ?? "");
      result.remoteCandidate = String(reports.get(String(pair?.["remoteCandidateId"]))?.["candidateType"] ?? "");
    }
    return result;
  });
}

/** Pictures move and sound is heard on this page: both figures rise from where they are now. */
export async function expectSeesAndHears(page: Page): Promise<void> {
  const before = await flow(page);
  await expect
    .poll(async () => {
      const now = await flow(page);
      return now.framesDecoded > before.framesDecoded + 5 && now.audioEnergy > before.audioEnergy;
    }, { timeout: 20_000, message: "decoded frames and audio energy rise" })
    .toBe(true);
}
