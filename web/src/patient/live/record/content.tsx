// What is in one piece of the record, drawn by its kind; the clinician's preview is this same drawing.
import './record.css';
import type { Content } from '../../../core/records/content';
import { LabTrend } from './lab-trend';
import { Allergies, Medications } from './lists';

export function RecordContent({ content }: { content: Content }) {
  switch (content.kind) {
    case 'lab_trend':
      return <LabTrend lab={content.lab} />;
    case 'medications':
      return <Medications list={content.list} />;
    case 'allergies':
      return <Allergies list={content.list} />;
  }
}
