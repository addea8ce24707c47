// Medications and allergies as plain lists.
import type { Allergies as AllergyList, Medications as MedicationList } from '../../../core/records/content';
import { day, t } from './words';

export function Medications({ list }: { list: MedicationList }) {
  return (
    <ul class="record-list">
      {list.items.map((item, i) => (
        <li key={i} data-point={`row-${i}`}>
          <strong>{item.name}</strong>
          {item.status !== 'active' && <span class="standing">{t(`record-medicine-${item.status}`)}</span>}
          {item.dose_words && <span>{item.dose_words}</span>}
          {item.since && <span class="small">{t('record-since', { date: day(item.since) })}</span>}
        </li>
      ))}
    </ul>
  );
}

export function Allergies({ list }: { list: AllergyList }) {
  if (list.none_recorded) return <p>{t('record-none')}</p>;
  return (
    <ul class="record-list">
      {list.items.map((item, i) => (
        <li key={i} data-point={`row-${i}`}>
          <strong>{item.substance}</strong>
          {item.severity && <span class="severity">{t(`record-severity-${item.severity}`)}</span>}
          {item.reactions.length > 0 && <span>{t('record-reactions', { reactions: item.reactions.join(', ') })}</span>}
          {item.since && <span class="small">{t('record-since', { date: day(item.since) })}</span>}
        </li>
      ))}
    </ul>
  );
}
