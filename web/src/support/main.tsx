// The technician's pages.
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/widgets.css';
import '../staff/staff.css';
import '../staff/visit/visit.css';
import '../staff/connections/connections.css';
import './report/report.css';
import './support.css';
import { render } from 'preact';
import { startLanguage } from '../staff/language';
import { StaffPages } from '../staff/pages';
import { followPaperAddress, watchRoute } from '../staff/route';
import { resumeSession, startClock } from '../staff/session';

startLanguage();
startClock();
followPaperAddress();
watchRoute();
void resumeSession();
render(<StaffPages home="desk" />, document.getElementById('app')!);
