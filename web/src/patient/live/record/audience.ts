// Who can see a part of the record, by name and role, in the words of who reads it: on the patient's page, and in the clinician's preview of it.
import type { Person, SeatId } from '../../../generated/signaling';
import { language, t } from './words';

/** `audience` as the gateway says it. The clinician who shows it sees it too. */
export function whoSees(people: readonly Person[], audience: readonly SeatId[], me: SeatId): string {
  const others = people.filter(({ seat, role }) => seat !== me && (role === 'clinician' || audience.includes(seat)));
  const [one, ...more] = others.map(withRole);
  if (one && more.length === 0) return t('record-who', { who: one });
  return t('record-who-more', { names: list([t('record-you'), ...(one ? [one] : []), ...more]) });
}

/** "Rosa Ruiz (interpreter)" */
export function withRole({ name, role }: Pick<Person, 'name' | 'role'>): string {
  return t('record-person', { name, role: t(`role-${role}`).toLocaleLowerCase(language()) });
}

export function list(names: string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(names);
}
