// The staff's part of the catalogue: the clinician's, the administrator's and the technician's pages.
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/widgets.css';
import '../staff/staff.css';
import '../staff/visit/visit.css';
import '../staff/connections/connections.css';
import '../support/report/report.css';
import '../support/support.css';
import { open } from './catalogue';
import { stayInside } from './outside';
import { bookings } from './staff/booking';
import { desk } from './staff/desk';
import { clear } from './staff/facts';
import { office } from './staff/office';
import { record } from './staff/record';
import { today } from './staff/today';
import { visit } from './staff/visit';
import { TEXTS } from '../staff/language';

stayInside();
open({ states: [...office, ...bookings, ...today, ...visit, ...record, ...desk], texts: (language) => TEXTS[language], clear });
