// What the address and the phone tell us: the link's reference and secret, the seat kept over a reload, the kind of phone.
import { judge, lookAround } from '../core/checks/environment';
import type { Choices } from '../core/call/own';
import { forget, keep, kept } from '../core/keep';
import { hereOf, isPhoneSystem } from '../core/devices/here';
import type { PhoneKind } from './gateway';

export const link = {
  ref: document.getElementById('app')?.dataset['ref'] ?? '',
  /** Behind the #, so that no server and no log ever had it. */
  secret: location.hash.slice(1),
};

export const environment = judge(lookAround());

/** The seat, how far the person came (`waiting`: they checked in), and what they turned off. */
export interface Kept extends Choices {
  seat: string;
  step?: 'before' | 'devices' | 'check' | 'waiting';
}

export const savedSeat = (): Kept | undefined => kept(link.ref);
export const saveSeat = (part: Kept): void => keep(link.ref, { ...savedSeat(), ...part });
export const forgetSeat = (): void => forget(link.ref);

const agent = navigator.userAgent;

export const here = hereOf(agent, navigator.maxTouchPoints);
export const isPhone = isPhoneSystem(here.system);

export const phoneKind: PhoneKind = { system: systemName(), browser: browserName(), phone: isPhone };

function systemName(): string {
  if (here.system === 'android') return `Android ${/Android ([\d.]+)/.exec(agent)?.[1] ?? ''}`.trim();
  if (here.system === 'ios') return `iOS ${/OS (\d+[_\d]*)/.exec(agent)?.[1]?.replaceAll('_', '.') ?? ''}`.trim();
  return ['Windows', 'Mac OS', 'CrOS', 'Linux'].find((name) => agent.includes(name)) ?? 'other';
}

function browserName(): string {
  const names = [/(Edg|OPR|SamsungBrowser|Firefox|FxiOS|CriOS|Chrome)\/(\d+)/, /Version\/(\d+).*(Safari)/];
  const found = names[0]?.exec(agent);
  if (found) return `${found[1]} ${found[2]}`;
  const safari = names[1]?.exec(agent);
  return safari ? `Safari ${safari[1]}` : 'other';
}
