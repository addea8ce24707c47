// What a bench found, for `load-tests`: as JSON where FIGURES says, and on the screen.
import { writeFileSync } from "node:fs";

export class Figures {
  private readonly all: { name: string; value: number; unit: string }[] = [];

  note(name: string, value: number, unit = ""): void {
    this.all.push({ name, value: Number(value.toFixed(3)), unit });
  }

  keep(): void {
    const text = JSON.stringify(this.all);
    console.log(text);
    if (process.env.FIGURES) writeFileSync(process.env.FIGURES, text);
  }
}

export function median(all: number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}
