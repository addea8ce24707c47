// What a reload must not cost: where the person was and what they had turned off. Ids and choices only, nothing secret, gone with the tab.
// Where a private window keeps nothing, this page remembers as long as it is open.

const KEY = 'housecall';
const here = new Map<string, string>();

export function keep(name: string, what: object): void {
  const text = JSON.stringify(what);
  here.set(name, text);
  try {
    sessionStorage.setItem(`${KEY} ${name}`, text);
  } catch {
    // A reload then asks for one more tap.
  }
}

export function kept<T>(name: string): T | undefined {
  try {
    return JSON.parse(stored(name) ?? here.get(name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  here.delete(name);
  try {
    sessionStorage.removeItem(`${KEY} ${name}`);
  } catch {
    // Nothing was kept.
  }
}

/** Whether a reload will find what is kept: without that, finding nothing says nothing. */
export function outlastsReload(): boolean {
  try {
    sessionStorage.setItem(KEY, '');
    sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(`${KEY} ${name}`);
  } catch {
    return null;
  }
}
