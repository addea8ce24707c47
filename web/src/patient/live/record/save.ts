// A page of its own in one file, made here and handed to the phone's downloads.
import tokens from '../../../ui/tokens.css?inline';
import paper from './paper.css?inline';
import record from './record.css?inline';

/** A whole HTML document: it needs nothing from anywhere, and reads the same in ten years. */
export function standalone(title: string, language: string, body: string): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${tokens}${record}${paper}</style></head>`,
    `<body class="always-light">${body}</body></html>`,
  ].join('\n');
}

/** The address of the file lives as long as the phone needs to take it over. */
const TAKEN_OVER_MS = 60_000;

export function saveFile(name: string, html: string): void {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[/\\:*?"<>|]/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_OVER_MS);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
