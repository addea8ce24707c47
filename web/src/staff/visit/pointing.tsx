// The clinician's side of looking at one thing together: a click in the preview points on the others' screens, and who points back is named.
import type { ComponentChildren } from 'preact';
import type { Person } from '../../generated/signaling';
import { Together } from '../../patient/live/record/together';
import { t } from '../../ui/words';
import type { LiveVisit } from './live';

interface PointingProps {
  live: LiveVisit;
  snippet: string;
  people: Person[];
  /** The others' pages follow this one in an image. */
  leads: boolean;
  children: ComponentChildren;
}

export function Pointing({ live, snippet, people, leads, children }: PointingProps) {
  const pointed = live.pointed.value?.snippet === snippet ? live.pointed.value : undefined;
  const who = people.find((person) => person.seat === pointed?.seat && person.seat !== live.room.value.seat)?.name;
  return (
    <Together
      element={pointed?.element ?? ''}
      point={(element) => live.point(snippet, element)}
      leading={live.leading.value.get(snippet) ?? ''}
      lead={leads ? (region) => live.lead(snippet, region) : undefined}
      label={who ? t('staff-points', { who }) : t('staff-you-point')}
      say={(what) => (who ? t('staff-points-at', { who, what }) : '')}
    >
      {children}
    </Together>
  );
}
