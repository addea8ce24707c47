// Firefox ESR as Debian has it, a second engine beside Chromium, driven over WebDriver BiDi by its own words: Playwright brings a Firefox of
// its own and cannot drive this one. Camera and microphone are Firefox's own fakes.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { WebSocket } from "ws";
import { FirefoxPage } from "./firefox-page.ts";
import { end } from "./gateway.ts";

const PREFERENCES = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  // Both people are on this machine, which may have no other network.
  "media.peerconnection.ice.loopback": true,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "intl.locale.requested": "en-US",
};

/** Its start takes its time where others want the processor. */
const ANSWER_WITHIN_MS = 180_000;

export type Params = Record<string, unknown>;

interface Answer {
  id?: number;
  result?: Params;
  error?: string;
  message?: string;
}

export class Firefox implements AsyncDisposable {
  private asked = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(
    private readonly program: Program,
    private readonly line: WebSocket,
  ) {
    line.on("message", (data) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
    });
  }

  static async open(): Promise<Firefox> {
    const program = new Program();
    try {
      const line = new WebSocket(`${await program.address()}/session`);
      await once(line, "open");
      const firefox = new Firefox(program, line);
      await firefox.says("session.new", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
      return firefox;
    } catch (error) {
      await program.end();
      throw error;
    }
  }

  /** One command and what Firefox answers to it. */
  async says(method: string, params: Params): Promise<Params> {
    const id = ++this.asked;
    const answer = await new Promise<Answer>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`Firefox does not answer ${method}`)), ANSWER_WITHIN_MS);
      this.waiting.set(id, (answer) => (clearTimeout(late), done(answer)));
      this.line.send(JSON.stringify({ id, method, params }));
    });
    this.waiting.delete(id);
    if (answer.error) throw new Error(`${method}: ${answer.error}, ${answer.message}`);
    return answer.result ?? {};
  }

  /** A page of a phone's size, in which this runs before its own scripts. */
  async page(first: () => void): Promise<FirefoxPage> {
    await this.says("script.addPreloadScript", { functionDeclaration: String(first) });
    const { context } = (await this.says("browsingContext.create", { type: "tab" })) as { context: string };
    await this.says("browsingContext.setViewport", { context, viewport: { width: 390, height: 844 } });
    return new FirefoxPage((method, params) => this.says(method, { context, ...params }), context);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.line.close();
    await this.program.end();
  }
}

/** The running program, with an empty profile that goes with it. */
class Program {
  private readonly profile = mkdtempSync(join(tmpdir(), "housecall-firefox-"));
  private readonly child: ChildProcess;
  private readonly endAtOnce = () => void this.child.kill("SIGKILL");

  constructor() {
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    writeFileSync(join(this.profile, "user.js"), lines.join("\n"));
    this.child = spawn("firefox-esr", ["--headless", "--no-remote", "--profile", this.profile, "--remote-debugging-port", "0"], {
      stdio: ["ignore", "ignore", "pipe"],
      // What it keeps, it keeps in the profile. Not every container lets it have a sandbox of its own.
      env: { ...process.env, MOZ_DISABLE_CONTENT_SANDBOX: "1", HOME: this.profile, XDG_RUNTIME_DIR: this.profile },
    });
    // A story that takes too long is left where it stands: nothing of it may stay.
    process.once("exit", this.endAtOnce);
  }

  /** Where it listens, once it does. */
  async address(): Promise<string> {
    const said: string[] = [];
    const output = this.child.stderr as Readable;
    const late = setTimeout(this.endAtOnce, ANSWER_WITHIN_MS);
    for await (const line of createInterface({ input: output })) {
      said.push(line);
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
      if (!address) continue;
      clearTimeout(late);
      output.resume();
      return address;
    }
    throw new Error(`Firefox ended before it was ready: ${said.join("\n")}`);
  }

  async end(): Promise<void> {
    await end(this.child, "SIGTERM");
    process.off("exit", this.endAtOnce);
    // Its children write for a moment longer.
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
