// Which clinic a visit is of, for a technician who serves several; its times are said in its own zone.
import { wallTime, zoneWords } from '../ui/time';
import { language, t } from '../ui/words';
import type { DeskVisit, Facility } from '../staff/model';

/** Its name, and its zone where the clock there shows another time than at home. */
export function facilityWords({ facility: { name, time_zone: zone }, starts_at: at }: DeskVisit, home: Facility): string {
  if (wallTime(at, zone) === wallTime(at, home.time_zone)) return name;
  return t('support-facility-zone', { name, zone: zoneWords(at, zone, language.value) });
}
