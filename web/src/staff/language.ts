// Staff pages bring both languages with them, the patient's words too for previews; the choice is remembered on this computer.
import enCommon from '../../locales/en/common.ftl?raw';
import enPatient from '../../locales/en/patient.ftl?raw';
import enStaff from '../../locales/en/staff.ftl?raw';
import enConnections from '../../locales/en/staff-connections.ftl?raw';
import enReport from '../../locales/en/support-report.ftl?raw';
import enSupport from '../../locales/en/support.ftl?raw';
import esCommon from '../../locales/es/common.ftl?raw';
import esPatient from '../../locales/es/patient.ftl?raw';
import esStaff from '../../locales/es/staff.ftl?raw';
import esConnections from '../../locales/es/staff-connections.ftl?raw';
import esReport from '../../locales/es/support-report.ftl?raw';
import esSupport from '../../locales/es/support.ftl?raw';
import { isLanguage, speak, Voice, type Language } from '../ui/words';

export const TEXTS: Record<Language, string[]> = {
  en: [enCommon, enPatient, enStaff, enConnections, enSupport, enReport],
  es: [esCommon, esPatient, esStaff, esConnections, esSupport, esReport],
};
const REMEMBERED = 'housecall.language';

export function chooseLanguage(chosen: Language) {
  speak(chosen, TEXTS[chosen]);
  try {
    localStorage.setItem(REMEMBERED, chosen);
  } catch {
    // Where nothing can be kept, the computer's own language comes back next time.
  }
}

const voices = new Map<Language, Voice>();

/** Another language than the page's, for what a patient will read. */
export function voiceIn(language: Language): Voice {
  const voice = voices.get(language) ?? new Voice(language, TEXTS[language]);
  voices.set(language, voice);
  return voice;
}

export function startLanguage() {
  const first = remembered() ?? navigator.language.slice(0, 2);
  const chosen = isLanguage(first) ? first : 'en';
  speak(chosen, TEXTS[chosen]);
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
