// The very text of docs/OPERATIONS.md, so that what it tells operators to write is what the stories run.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./gateway.ts";

const DOCUMENT = readFileSync(join(REPOSITORY, "docs/OPERATIONS.md"), "utf8");

/** The one example in this language. */
export function example(language: "toml" | "nginx"): string {
  const [found, another] = [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))];
  if (found?.[1] === undefined || another) throw new Error(`docs/OPERATIONS.md has no example, or several, in ${language}`);
  return found[1];
}

/** The example with this machine's addresses and places in place of the document's. All of them have to be in it. */
export function put(text: string, places: Record<string, string>): string {
  return Object.entries(places).reduce((sofar, [said, here]) => {
    if (!sofar.includes(said)) throw new Error(`docs/OPERATIONS.md does not say ${said} any more`);
    return sofar.replaceAll(said, here);
  }, text);
}
