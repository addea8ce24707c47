// A content made small for the way: text shrinks to a fraction, and pictures lose what base64 added. Browsers without it do without.

export const canInflate = typeof DecompressionStream === 'function';

/** `undefined` where this browser cannot, or where nothing would be gained. */
export async function deflated(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (typeof CompressionStream !== 'function') return undefined;
  const small = await gather(new Blob([content]).stream().pipeThrough(new CompressionStream('deflate')), content.length);
  return small && small.length < content.length ? small : undefined;
}

/** `undefined` for what is not deflated, and for what would be larger than it may be: then the rest is not even unpacked. */
export function inflated(content: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return gather(new Blob([content]).stream().pipeThrough(new DecompressionStream('deflate')), most);
}

async function gather(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      size += next.value.length;
      if (size > most) return void (await reader.cancel());
    }
    return joined(chunks, size);
  } catch {
    return undefined;
  }
}

export function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
