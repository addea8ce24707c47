// Two of the three gateways of docs/OPERATIONS.md, *Several gateways*, on addresses of their own on this machine, with PostgreSQL, Redis, a
// relay and nginx, set up by its very text. The third was never built: its address answers nothing.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { DEMO, end, freePorts, Gateway, mediaPort, relayPorts, REPOSITORY } from "./gateway.ts";
import { example, put } from "./operations.ts";

/** `10.0.0.` of the document. */
const NETWORK = `127.${64 + ((process.pid >> 8) % 64)}.${process.pid % 256}.`;
/** Both names for the balancer, the inner and the outer. */
const BALANCER = "127.0.0.1";

export class Cluster implements AsyncDisposable {
  private constructor(
    readonly a: Gateway,
    readonly b: Gateway,
    private readonly folder: string,
    private readonly servers: ChildProcess[],
  ) {}

  static async open(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), "housecall-cluster-"));
    const [https = 0, own = 0, proxied = 0, health = 0, redis = 0] = await freePorts(5);
    const postgres = spawn(join(REPOSITORY, "scripts/postgres"), { stdio: ["pipe", "pipe", "inherit"] });
    const database = await firstLine(postgres.stdout);
    const bus = spawn("redis-server", ["--port", `${redis}`, "--bind", BALANCER, "--save", "", "--appendonly", "no"], { stdio: ["ignore", "pipe", "inherit"] });
    await firstLine(bus.stdout, "Ready to accept connections");

    const url = `https://localhost:${https}`;
    const relay = await relayPorts();
    writeFileSync(join(folder, "cluster.key"), randomBytes(32).toString("base64"), { mode: 0o600 });
    const node = async (name: string, machine: number): Promise<Gateway> => {
      const data = join(folder, name);
      const file = join(folder, `${name}.toml`);
      mkdirSync(data, { mode: 0o700 });
      writeFileSync(
        file,
        put(example("toml"), {
          'name = "a"': `name = "${name}"`,
          "https://visits.clinic.example": url,
          "postgres://housecall:password@db.clinic.example/housecall?sslmode=verify-full": `${database}/postgres`,
          "redis://:password@redis.clinic.example:6379": `redis://${BALANCER}:${redis}`,
          "/etc/housecall/cluster.key": join(folder, "cluster.key"),
          "/var/lib/housecall": data,
          "203.0.113.7": BALANCER,
          "10.0.0.9": BALANCER,
          "10.0.0.1:8443": `${NETWORK}${machine}:${own}`,
          "10.0.0.1:9443": `${NETWORK}${machine}:${health}`,
          "10.0.0.1:8080": `${NETWORK}${machine}:${proxied}`,
        }),
      );
      return new Gateway(url, data, `${NETWORK}${machine}:${health}`, { HOUSECALL_CONFIG: file, ...(await mediaPort()), ...relay, ...DEMO });
    };
    const [a, b] = [await node("a", 1), await node("b", 2)];
    await a.start();
    for (const key of ["relay.secret", "snippet-signing.pkcs8", "notices.key"]) copyFileSync(join(a.data, key), join(b.data, key));
    await b.start();
    await b.startRelay();

    const visits = put(example("nginx"), {
      "listen 443 ssl": `listen ${BALANCER}:${https} ssl`,
      "/etc/ssl/visits/chain.pem": join(a.data, "tls/certificate.pem"),
      "/etc/ssl/visits/key.pem": join(a.data, "tls/key.pem"),
      "10.0.0.": NETWORK,
      ":8080": `:${proxied}`,
    });
    return new Cluster(a, b, folder, [await nginx(folder, visits, https), bus, postgres]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.a.close(), this.b.close()]);
    for (const server of this.servers) {
      // PostgreSQL's script ends with its input, the others are told.
      server.stdin?.end();
      if (!server.stdin) await end(server, "SIGTERM");
      else if (server.exitCode === null) await once(server, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The document's file where Debian's nginx would include it; the rest keeps it in this folder and in one process. */
async function nginx(folder: string, visits: string, port: number): Promise<ChildProcess> {
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ");
  const file = join(folder, "nginx.conf");
  writeFileSync(file, `daemon off; master_process off; pid ${folder}/nginx.pid; events {} http { access_log off; ${places}\n${visits}}`);
  const server = spawn("/usr/sbin/nginx", ["-p", folder, "-c", file, "-e", join(folder, "nginx.log")], { stdio: ["ignore", "inherit", "inherit"] });
  for (;;) {
    if (server.exitCode !== null) throw new Error("nginx does not take docs/OPERATIONS.md; what it said is above");
    const line = connect(port, BALANCER);
    const answers = await Promise.race([once(line, "connect").then(() => true), once(line, "error").then(() => false)]).catch(() => false);
    line.destroy();
    if (answers) return server;
    await new Promise((again) => setTimeout(again, 50));
  }
}

async function firstLine(output: Readable | null, words = ""): Promise<string> {
  if (!output) throw new Error("no output");
  const lines = createInterface({ input: output });
  for await (const line of lines) {
    if (!line.includes(words)) continue;
    output.resume();
    return line;
  }
  throw new Error("a server ended before it was ready; what it said is above");
}
