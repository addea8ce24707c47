// The texts that a gateway without a provider puts in a folder: what the patient's phone would have shown.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Gateway } from "./gateway.ts";

/** Every whole text so far, oldest first. */
export function textsSent({ data }: Gateway): string[] {
  const folder = join(data, "notices");
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt") && name.includes("-text-"));
  return files.sort().map((name) => readFileSync(join(folder, name), "utf8"));
}
