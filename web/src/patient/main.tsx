// The patient's page: takes the gateway's landing HTML over and leads from there to the end of the visit.
import '../ui/tokens.css';
import '../ui/base.css';
import './patient.css';
import { render, type FunctionComponent } from 'preact';
import { signal } from '@preact/signals';
import { isLanguage } from '../ui/words';
import { begin, place } from './journey';
import { fetchPart } from './part';
import { Environment } from './screens/environment';
import { Landing } from './screens/landing';
import { NoAnswer, NoLink, NotKept } from './screens/no-way';
import { LockedOut, WhoAreYou } from './screens/who';
import { speakLanguage, speakShell } from './speak';

/** The call's own code: fetched while the person reads the first screens. */
const live = signal<{ Live: FunctionComponent; Trial: FunctionComponent } | undefined>(undefined);

function Patient() {
  const now = place.value;
  switch (now.at) {
    case 'loading':
      return null;
    case 'landing':
      return <Landing />;
    case 'environment':
      return <Environment />;
    case 'no_link':
      return <NoLink superseded={now.superseded} />;
    case 'no_answer':
      return <NoAnswer why={now.why} />;
    case 'not_kept':
      return <NotKept />;
    case 'who':
      return <WhoAreYou />;
    case 'locked_out':
      return <LockedOut />;
    case 'trial':
      return live.value ? <live.value.Trial /> : null;
    case 'live':
      return live.value ? <live.value.Live /> : null;
  }
}

async function fetchLive(): Promise<void> {
  live.value = await fetchPart(() => import('./live'));
}

async function open(): Promise<void> {
  const app = document.getElementById('app');
  if (!app) return;
  if (!speakShell()) await speakLanguage(isLanguage(document.documentElement.lang) ? document.documentElement.lang : 'en');
  await begin();
  app.replaceChildren();
  render(<Patient />, app);
  void fetchLive();
}

void open();
