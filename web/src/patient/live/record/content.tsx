// What is in one piece of the record, drawn by its kind; the clinician's preview is this same drawing.
import './record.css';
import type { Content } from '../../../core/records/content';
import { CarePlanView, ConditionsView, ImmunizationsView, ReportView } from './health';
import { InstructionsView } from './instructions';
import { Allergies, Medications } from './lists';
import { PagesView } from './pages';
import { LabResultView } from './result';
import { LabTrendView, VitalSignsView } from './trend';

export function RecordContent({ content }: { content: Content }) {
  switch (content.kind) {
    case 'lab_trend':
      return <LabTrendView lab={content.lab} />;
    case 'lab_result':
      return <LabResultView lab={content.lab} />;
    case 'vital_signs':
      return <VitalSignsView vital={content.vital} />;
    case 'medications':
      return <Medications list={content.list} />;
    case 'allergies':
      return <Allergies list={content.list} />;
    case 'conditions':
      return <ConditionsView list={content.list} />;
    case 'immunizations':
      return <ImmunizationsView list={content.list} />;
    case 'care_plan':
      return <CarePlanView plan={content.plan} />;
    case 'report':
      return <ReportView report={content.report} />;
    case 'instructions':
      return <InstructionsView instructions={content.instructions} />;
    case 'image':
      return <PagesView image={content.image} />;
  }
}
