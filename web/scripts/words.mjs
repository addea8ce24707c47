// Checks the catalogue: every language has the same messages with the same values, and the patient's words keep the copy rules.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';

const locales = new URL('../locales', import.meta.url).pathname;
const BANNED_EVERYWHERE = /\b(please|oops|invalid|valid|forbidden|an error occurred|por favor|inválid[oa]s?|válid[oa]s?|prohibid[oa]s?)\b/i;
const BANNED_FOR_PATIENTS =
  /\b(browser|bandwidth|device|session|lobby|host|peer|ICE|relay|navegador|ancho de banda|dispositivos?|sesión|anfitrión)\b/i;
const TITLE = 50;

const problems = [];
const read = (language, file) => new FluentResource(readFileSync(join(locales, language, file), 'utf8')).body;
const texts = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => !line.startsWith('#'));

/** The `$values` a message takes, found in its pattern. */
function values(pattern, found = new Set()) {
  if (pattern === null || typeof pattern !== 'object') return found;
  if (pattern.type === 'var') found.add(pattern.name);
  for (const part of Object.values(pattern)) values(part, found);
  return found;
}

function messages(language, file) {
  const found = new Map();
  for (const { id, value } of read(language, file)) {
    if (found.has(id)) problems.push(`${language}/${file}: ${id} stands twice`);
    found.set(id, [...values(value)].sort().join(' '));
    if (id.endsWith('-title') && typeof value === 'string' && [...value].length > TITLE)
      problems.push(`${language}/${file}: ${id} is longer than ${TITLE} characters`);
  }
  return found;
}

for (const file of readdirSync(join(locales, 'en'))) {
  const english = messages('en', file);
  for (const language of readdirSync(locales)) {
    const words = messages(language, file);
    for (const [id, takes] of english) {
      if (!words.has(id)) problems.push(`${language}/${file}: ${id} is missing`);
      else if (words.get(id) !== takes) problems.push(`${language}/${file}: ${id} takes (${words.get(id)}), English takes (${takes})`);
    }
    for (const id of words.keys()) if (!english.has(id)) problems.push(`${language}/${file}: ${id} is not in English`);
    for (const line of texts(join(locales, language, file))) {
      const said = line.replace(/^[\w-]+ =|\{[^}]*\}/g, '');
      if (BANNED_EVERYWHERE.test(said)) problems.push(`${language}/${file}: "${line.trim()}" uses a word of the copy rules' list`);
      if (!/^(staff|support)/.test(file) && BANNED_FOR_PATIENTS.test(said))
        problems.push(`${language}/${file}: "${line.trim()}" uses a word that patients do not read`);
    }
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
