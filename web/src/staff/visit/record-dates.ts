// Days as the record panel names them: "May 3", with the year where it is another one.
import { dateIn, dateWords, shortDay } from '../../ui/time';
import { language } from '../../ui/words';
import { facility, now } from '../session';

export function shortDate(at: number): string {
  const zone = facility.value?.time_zone ?? 'UTC';
  const day = dateIn(zone, at);
  return day.slice(0, 4) === dateIn(zone, now.value).slice(0, 4) ? shortDay(at, zone, language.value) : dateWords(day, language.value);
}
