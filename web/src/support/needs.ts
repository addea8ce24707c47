// Which coming visits a technician should look at first.
import type { DeskVisit } from '../staff/model';

/** A patient who asks, or whose check failed, and whom no test call has settled. */
export function needsHelp(visit: DeskVisit): boolean {
  if (visit.test_call?.outcome) return false;
  return (
    visit.help_asked_at != null ||
    visit.readiness.mode === 'phone' ||
    visit.readiness.mode === 'sound_only' ||
    visit.readiness.mode === 'low_video'
  );
}
