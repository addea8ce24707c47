// The clinician's and the administrator's pages.
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/widgets.css';
import './staff.css';
import './visit/visit.css';
import './connections/connections.css';
import '../support/report/report.css';
import '../support/support.css';
import { render } from 'preact';
import { startLanguage } from './language';
import { followPaperAddress, watchRoute } from './route';
import { resumeSession, startClock } from './session';
import { StaffPages } from './pages';

startLanguage();
startClock();
followPaperAddress();
watchRoute();
void resumeSession();
render(<StaffPages home="today" />, document.getElementById('app')!);
