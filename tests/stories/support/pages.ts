// The pictures of the catalogue as one page that a person can leaf through: a row a state, a column a look.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./gateway.ts";

const FOLDER = join(REPOSITORY, "target/states");

const STYLE = `body { font: 15px/1.5 system-ui; margin: 24px; background: #eef1f0; color: #14202b }
  h2 { position: sticky; top: 0; left: 0; margin: 32px 0 8px; padding: 8px 0; background: #eef1f0 }
  h3 { position: sticky; left: 0; width: max-content; margin: 24px 0 4px } .row { display: flex; gap: 16px; align-items: start }
  figure { margin: 0 } figcaption { color: #4a5a68 } img { display: block; max-height: 560px; border: 1px solid #c3cdca; border-radius: 8px }
  nav { column-width: 260px }`;

export function writePages(): void {
  const parts = ["patient", "staff"].filter((who) => existsSync(join(FOLDER, who))).map(part);
  writeFileSync(join(FOLDER, "index.html"), `<!doctype html><meta charset="utf-8"><title>Every state</title><style>${STYLE}</style><h1>Every state</h1>${parts.join("")}\n`);
}

function part(who: string): string {
  const looks = readdirSync(join(FOLDER, who)).sort((a, b) => Number(b === "plain") - Number(a === "plain"));
  const states = readdirSync(join(FOLDER, who, "plain"));
  const links = states.map((file) => `<a href="#${who}-${file}">${words(file)}</a><br>`).join("");
  const rows = states.map((file) => {
    const pictures = looks.filter((look) => existsSync(join(FOLDER, who, look, file))).map((look) => figure(`${who}/${look}/${file}`, look));
    return `<h3 id="${who}-${file}">${words(file)}</h3><div class="row">${pictures.join("")}</div>`;
  });
  return `<h2>${who}: ${states.length} states</h2><nav>${links}</nav>${rows.join("")}`;
}

const words = (file: string) => file.replace(".png", "").replaceAll("-", " ");
const figure = (source: string, look: string) => `<figure><figcaption>${words(look)}</figcaption><img loading="lazy" src="${source}" alt=""></figure>`;
