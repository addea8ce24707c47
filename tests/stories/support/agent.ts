// A page's end of a session with the gateway's media agent, written by hand: what `core/checks` will do, without its screens.
import type { Page } from "@playwright/test";

export type Way = "direct" | "udp" | "tcp" | "tls";

export interface Session {
  connectedMs: number;
  /** From the offer to the first frame of the echo. */
  firstFrameMs: number;
  /** As the browser names its own end: host, prflx, relay. */
  localCandidate: string;
  /** How it reaches the relay; empty without one. */
  relayProtocol: string;
  framesDecoded: number;
  audioEnergy: number;
  /** How long 64 KiB in pieces took to come back. */
  recordsMs: number;
  recordsIntact: boolean;
  measured: Measured;
}

interface Measured {
  up: { packets: number; lost: number; loss?: number; jitter_ms?: number; kbps: number; audio_level_db?: number; silent?: boolean; frames: number; fps: number };
  down: { loss?: number; round_trip_ms?: number; kbps: number };
  phase?: string;
}

/** Begins an equipment test on the seat; its number and its ways to the relay. */
export async function startTest(page: Page, seat: string): Promise<{ id: string; paths: Record<"udp" | "tcp" | "tls", RTCIceServer[]> }> {
  return page.evaluate(async (seat) => {
    const answer = await fetch(`/api/v1/seats/${seat}/equipment-tests`, { method: "POST" });
    if (!answer.ok) throw new Error(`no test: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }, seat);
}

/** One session from offer to `measured`, over one way. */
export async function testOver(page: Page, seat: string, way: Way): Promise<Session> {
  const test = await startTest(page, seat);
  return page.evaluate(run, { seat, id: test.id, way, iceServers: way === "direct" ? [] : test.paths[way] });
}

/** Runs in the page. */
async function run({ seat, id, way, iceServers }: { seat: string; id: string; way: Way; iceServers: RTCIceServer[] }): Promise<Session> {
  const began = performance.now();
  const soon = <T>(what: string, promise: Promise<T>): Promise<T> =>
    Promise.race([promise, new Promise<never>((_, fail) => setTimeout(() => fail(new Error(`no ${what} in 20 s over ${way}`)), 20_000))]);
  const event = (target: EventTarget, name: string, when: (event: Event) => boolean = () => true): Promise<Event> =>
    new Promise((done) => target.addEventListener(name, (event) => when(event) && done(event)));

  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false }, video: { width: 640, height: 360, frameRate: 15 } });
  const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: way === "direct" ? "all" : "relay" });
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  const records = peer.createDataChannel("records");
  const agent = peer.createDataChannel("agent");
  records.binaryType = "arraybuffer";
  const video = document.createElement("video");
  video.autoplay = true;
  peer.addEventListener("track", ({ streams }) => (video.srcObject = streams[0] ?? null));
  const frame = new Promise<number>((done) => video.requestVideoFrameCallback(() => done(performance.now() - began)));

  await peer.setLocalDescription();
  if (peer.iceGatheringState !== "complete") await soon("candidates", event(peer, "icegatheringstatechange", () => peer.iceGatheringState === "complete"));
  const answer = await fetch(`/api/v1/seats/${seat}/equipment-tests/${id}/media`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ offer: peer.localDescription?.sdp, way }),
  });
  if (!answer.ok) throw new Error(`refused: ${answer.status} ${await answer.text()}`);
  const connected = event(peer, "connectionstatechange", () => peer.connectionState === "connected").then(() => performance.now() - began);
  await peer.setRemoteDescription({ type: "answer", sdp: ((await answer.json()) as { answer: string }).answer });
  const connectedMs = await soon("connection", connected);
  const firstFrameMs = await soon("frame", frame);

  if (records.readyState !== "open") await soon("records", event(records, "open"));
  const sent = crypto.getRandomValues(new Uint8Array(65_536));
  const back: number[] = [];
  const whole = new Promise<void>((done) =>
    records.addEventListener("message", ({ data }) => {
      back.push(...new Uint8Array(data as ArrayBuffer));
      if (back.length >= sent.length) done();
    }),
  );
  const recordsBegan = performance.now();
  for (let at = 0; at < sent.length; at += 15_360) records.send(sent.slice(at, at + 15_360));
  await soon("echo of the record", whole);
  const recordsMs = performance.now() - recordsBegan;

  agent.send(JSON.stringify({ t: "mark", phase: "steady" }));
  // Four tellings of a second each: the last knows loss and round trip from the page's own reports.
  let measured: Measured | undefined;
  let tellings = 0;
  await soon("word of the agent", event(agent, "message", (event) => {
    const said = JSON.parse((event as MessageEvent<string>).data) as { t: string } & Measured;
    if (said.t === "measured" && said.phase === "steady") [measured, tellings] = [said, tellings + 1];
    return tellings > 4 && measured?.down.loss !== undefined && measured.down.round_trip_ms !== undefined;
  }));

  const reports: Record<string, unknown>[] = [];
  (await peer.getStats()).forEach((report: Record<string, unknown>) => reports.push(report));
  const sum = (name: string): number => reports.filter((report) => report["type"] === "inbound-rtp").reduce((sum, report) => sum + Number(report[name] ?? 0), 0);
  const pair = reports.find((report) => report["type"] === "candidate-pair" && report["nominated"] && report["state"] === "succeeded");
  const local = reports.find((report) => report["id"] === pair?.["localCandidateId"]);
  peer.close();
  for (const track of stream.getTracks()) track.stop();
  if (!measured) throw new Error("nothing was measured");
  return {
    connectedMs,
    firstFrameMs,
    localCandidate: String(local?.["candidateType"] ?? ""),
    relayProtocol: String(local?.["relayProtocol"] ?? ""),
    framesDecoded: sum("framesDecoded"),
    audioEnergy: sum("totalAudioEnergy"),
    recordsMs,
    recordsIntact: back.length === sent.length && back.every((byte, index) => byte === sent[index]),
    measured,
  };
}
