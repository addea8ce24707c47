// A page in Firefox: found by the words that a person reads, tapped as by a finger. It looks again until a thing is there.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Params } from "./firefox.ts";

/** Several times what a busy machine takes. */
const WITHIN_MS = 90_000;

interface Evaluated {
  result?: { value: string };
  exceptionDetails?: { text: string };
}

export class FirefoxPage {
  constructor(
    private readonly says: (method: string, params: Params) => Promise<Params>,
    private readonly context: string,
  ) {}

  async goes(url: string): Promise<void> {
    await this.says("browsingContext.navigate", { url, wait: "complete" });
  }

  /** Asks the page; what it answers has to be JSON. */
  evaluate<T>(question: () => T | Promise<T>): Promise<T> {
    return this.runs<T>(`(${question})()`);
  }

  /** Touches the first button with one of these words, once it is there; again where the screen changed under the finger. */
  async taps(...words: string[]): Promise<void> {
    const find = `(() => {
      const button = [...document.querySelectorAll("button")].find((one) => ${JSON.stringify(words)}.includes(one.textContent.trim()) && !one.disabled && one.checkVisibility());
      if (!button) return null;
      window.storyTapped = false;
      button.addEventListener("click", () => (window.storyTapped = true), { once: true });
      button.scrollIntoView({ block: "center" });
      const { x, y, width, height } = button.getBoundingClientRect();
      return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    })()`;
    do {
      const place = await this.until<{ x: number; y: number }>(find, `a button "${words.join('" or "')}"`);
      const actions = [{ type: "pointerMove", ...place }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
      await this.says("input.performActions", { actions: [{ type: "pointer", id: "finger", parameters: { pointerType: "touch" }, actions }] });
    } while (!(await this.runs<boolean>("window.storyTapped")));
  }

  /** Writes into the field of this selector. */
  async types(field: string, text: string): Promise<void> {
    await this.runs(`document.querySelector(${JSON.stringify(field)}).focus()`);
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.says("input.performActions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  /** Until the page shows one of these words; says which. */
  async shows(...words: string[]): Promise<string> {
    const find = `${JSON.stringify(words)}.find((one) => document.body.innerText.includes(one)) ?? null`;
    return this.until<string>(find, `"${words.join('" or "')}"`);
  }

  async picture(path: string): Promise<void> {
    const { data } = (await this.says("browsingContext.captureScreenshot", {})) as { data: string };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  private async until<T>(expression: string, what: string): Promise<T> {
    for (const end = Date.now() + WITHIN_MS; Date.now() < end; await new Promise((again) => setTimeout(again, 100))) {
      const value = await this.runs<T | null>(expression);
      if (value !== null) return value;
    }
    throw new Error(`Firefox does not show ${what}, but: ${await this.runs<string>("document.body.innerText")}`);
  }

  private async runs<T>(expression: string): Promise<T> {
    const answer = (await this.says("script.evaluate", {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context: this.context },
      awaitPromise: true,
    })) as Evaluated;
    if (!answer.result) throw new Error(answer.exceptionDetails?.text);
    return JSON.parse(answer.result.value) as T;
  }
}
