// Starts the built gateway as a clinic would, on free ports with a data folder of its own, and ends only what it started.
import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export const REPOSITORY = resolve(import.meta.dirname, "../../..");
/** The one that was built with the tests; what measures names a release. */
const PROGRAM = process.env.STORY_GATEWAY ?? join(process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target"), "debug", "housecall");

export class Gateway {
  private child: ChildProcess | undefined;
  private relayAlone: ChildProcess | undefined;

  /** Not started yet. `url` is what people type, `health` where it says how it is. */
  constructor(
    readonly url: string,
    readonly data: string,
    private readonly health: string,
    private readonly settings: Record<string, string>,
  ) {}

  static async open(extra: Record<string, string> = {}): Promise<Gateway> {
    const data = mkdtempSync(join(tmpdir(), "housecall-story-"));
    const [https, health] = await freePorts(2);
    const url = `https://localhost:${https}`;
    const gateway = new Gateway(url, data, `127.0.0.1:${health}`, {
      HOUSECALL_DATA: data,
      HOUSECALL_PUBLIC_URL: url,
      HOUSECALL_LISTEN: `127.0.0.1:${https}`,
      HOUSECALL_HEALTH_LISTEN: `127.0.0.1:${health}`,
      ...DEMO,
      ...(await mediaPort()),
      ...(await relayPorts()),
      ...extra,
    });
    await gateway.start();
    return gateway;
  }

  async start(): Promise<void> {
    const log = openSync(join(this.data, "gateway.log"), "a");
    this.child = this.run(["serve"], log);
    await this.ready();
  }

  /** The way a machine dies: no goodbye. */
  async kill(): Promise<void> {
    await end(this.child, "SIGKILL");
  }

  /** A counter or gauge of `/metrics`; 0 where nothing was counted. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://${this.health}/metrics`)).text();
    const line = text.split("\n").find((said) => said.startsWith(`${name} `));
    return Number(line?.slice(name.length) ?? 0);
  }

  /** What an operator types at the shell beside the running gateway. */
  async command(args: string[], input = ""): Promise<void> {
    const child = this.run(args, "pipe", "pipe");
    child.stdin?.end(input);
    child.stdout?.resume();
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`housecall ${args.join(" ")} ended with ${code}`);
  }

  /** The relay as its own process, as a clinic runs it; for a gateway with `RELAY_ALONE`. */
  async startRelay(settings: Record<string, string> = {}): Promise<void> {
    this.relayAlone = this.run(["relay"], "pipe", "ignore", settings);
    for await (const line of createInterface({ input: this.relayAlone.stdout as Readable })) if (line.includes("ready")) return;
    throw new Error("the relay stopped before it was ready");
  }

  async killRelay(): Promise<void> {
    await end(this.relayAlone, "SIGKILL");
  }

  /** Where pages look for the relay. */
  get relayPort(): number {
    return Number(this.settings["HOUSECALL_RELAY__LISTEN"]?.split(":").at(-1));
  }

  /** Nothing passes the relay any more, and nobody is told. */
  pauseRelay(): void {
    this.relayAlone?.kill("SIGSTOP");
  }

  wakeRelay(): void {
    this.relayAlone?.kill("SIGCONT");
  }

  async close(): Promise<void> {
    await Promise.all([end(this.child, "SIGTERM"), end(this.relayAlone, "SIGKILL")]);
    rmSync(this.data, { recursive: true, force: true });
  }

  private run(args: string[], output: number | "pipe", input: "pipe" | "ignore" = "ignore", settings: Record<string, string> = {}): ChildProcess {
    return spawn(PROGRAM, args, {
      cwd: REPOSITORY,
      env: { ...process.env, ...this.settings, ...settings },
      stdio: [input, output, output === "pipe" ? "ignore" : output],
    });
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const answer = await fetch(`http://${this.health}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      if (this.child?.exitCode != null) throw new Error(`the gateway stopped with ${this.child.exitCode}; see ${this.data}/gateway.log`);
      if (Date.now() > deadline) throw new Error(`the gateway was not ready in 30 s; see ${this.data}/gateway.log`);
      await new Promise((again) => setTimeout(again, 50));
    }
  }
}

/** For a gateway whose relay is another process. */
export const RELAY_ALONE = { HOUSECALL_RELAY__EMBEDDED: "false" };

/** The demo clinic, with its records. */
export const DEMO = { HOUSECALL_DEMO: "true", HOUSECALL_RECORDS: join(REPOSITORY, "demo/records") };

/** Where the gateway's own end of an equipment test listens. */
export async function mediaPort(): Promise<Record<string, string>> {
  const [port] = await freePorts(1);
  return { HOUSECALL_MEDIA__LISTEN: `0.0.0.0:${port}` };
}

/** Where a relay listens beside those of other stories and programs. */
export async function relayPorts(): Promise<Record<string, string>> {
  const [plain, tls] = await freePorts(2);
  const first = 50_000 + 200 * Math.floor(Math.random() * 70);
  return {
    HOUSECALL_RELAY__LISTEN: `0.0.0.0:${plain}`,
    HOUSECALL_RELAY__TLS_LISTEN: `0.0.0.0:${tls}`,
    HOUSECALL_RELAY__PORTS: `[${first},${first + 199}]`,
  };
}

export async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/** Free for TCP and UDP, and none that the system gives to connections that go out: those come and go beside us. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const plain = createServer();
  const packets = createSocket("udp4");
  try {
    await once(plain.listen(port, "0.0.0.0"), "listening");
    packets.bind(port, "0.0.0.0");
    await once(packets, "listening");
    return true;
  } catch {
    return false;
  } finally {
    plain.close();
    packets.close();
  }
}
