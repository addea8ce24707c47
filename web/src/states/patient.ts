// The patient's part of the catalogue.
import '../ui/tokens.css';
import '../ui/base.css';
import '../patient/patient.css';
import '../patient/live/live.css';
import enCommon from '../../locales/en/common.ftl?raw';
import enPatient from '../../locales/en/patient.ftl?raw';
import esCommon from '../../locales/es/common.ftl?raw';
import esPatient from '../../locales/es/patient.ftl?raw';
import { open } from './catalogue';
import { stayInside } from './outside';
import { arriving } from './patient/arriving';
import { calling } from './patient/calling';
import { clear } from './patient/facts';
import { leaving } from './patient/leaving';
import { preparing } from './patient/preparing';
import { records } from './patient/records';
import { waiting } from './patient/waiting';

const TEXTS = { en: [enCommon, enPatient], es: [esCommon, esPatient] } as const;

stayInside();
open({ states: [...arriving, ...preparing, ...waiting, ...calling, ...records, ...leaving], texts: (language) => TEXTS[language], clear });
