// Two languages that nobody speaks, made from the English catalogue: one with words 40 % longer, as other languages have them, and one
// that is read from right to left. What breaks under them would break under a real one. Never shipped.

const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' };
const LONGER = 0.4;

/** "Start" becomes "Sttárrt": letters stand twice until the text is longer by so much, and within each word. */
export function longer(words: string): string {
  let owed = 0;
  return [...words]
    .map((letter) => {
      const shown = ACCENTED[letter] ?? letter;
      owed += LONGER;
      if (owed < 1 || !/\p{L}/u.test(letter)) return shown;
      owed -= 1;
      return shown + shown.toLowerCase();
    })
    .join('');
}

const RIGHT_TO_LEFT = '\u202e';
const AS_BEFORE = '\u202c';

/** Each word is drawn from right to left, so that lines break as they do in such a language. */
export function mirrored(words: string): string {
  return words.replace(/\S+/g, (word) => `${RIGHT_TO_LEFT}${word}${AS_BEFORE}`);
}

/** A line's name, variant or indent; then text with values in braces. */
const LINE = /^([\w-]+ = ?|\s*\*?\[[^\]]*\] |\s*)(.*)$/;
const VALUES = /(\{[^}]*\}?|\})/;

/** Changes what is said in a Fluent text and nothing else: names, values, variants and comments stay. */
export function said(text: string, change: (words: string) => string): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('#')) return line;
      const [, head = '', rest = ''] = LINE.exec(line) ?? [];
      const parts = rest.split(VALUES).map((part) => (/^[{}]/.test(part) ? part : change(part)));
      return head + parts.join('');
    })
    .join('\n');
}
