// A part of the page's own code that comes after the rest, asked for until it is there: the person can go on without it meanwhile.

const AGAIN_MS = 2_000;

export async function fetchPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      // The network went away.
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
