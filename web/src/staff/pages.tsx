// Which staff view stands on the page: who is signed in decides first, then the address.
// A technician never gets a clinical view, whatever the address says; the gateway refuses it all the same.
import { useEffect } from 'preact/hooks';
import { BookView } from './booking/book';
import { ConnectionsView } from './connections/connections';
import { DeskView } from '../support/desk';
import { StatusRegion } from '../ui/status';
import { Failed, Loading } from '../ui/states';
import { t } from '../ui/words';
import type { Me } from './model';
import { route, type Route } from './route';
import { resumeSession, session } from './session';
import { SettingsView } from './settings';
import { Shell } from './shell';
import { SignIn } from './sign-in';
import { FirewallSheet } from '../support/report/firewall';
import { ReportView } from '../support/report/report';
import { SessionView } from '../support/session';
import { TestCallView } from '../support/test-call';
import { TodayView } from './today/today';
import { VisitView } from './visit/visit';

export type Home = 'today' | 'desk';

export function StaffPages({ home }: { home: Home }) {
  const who = session.value;
  return (
    <div class="staff">
      {who.state === 'asking' && (
        <main class="alone">
          <Loading wholePage words={t('staff-loading')} />
        </main>
      )}
      {who.state === 'unreachable' && (
        <main class="alone">
          <Failed title={t('staff-unreachable-title')} wholePage onRetry={() => void resumeSession()}>
            <p>{t('staff-unreachable')}</p>
          </Failed>
        </main>
      )}
      {who.state === 'nobody' && <SignIn ended={who.ended} />}
      {who.state === 'here' && <Signed me={who.me} home={home} />}
      <StatusRegion />
    </div>
  );
}

function Signed({ me, home }: { me: Me; home: Home }) {
  const at = allowed(route.value, me, home);
  useEffect(() => {
    document.title = `${t(`staff-page-${at.view.replace('_', '-')}`)} · ${t('product')}`;
  });
  if (at.view === 'visit') return <VisitView key={at.id} id={at.id} me={me} />;
  if (at.view === 'test_call') return <TestCallView key={at.id} id={at.id} me={me} />;
  return (
    <Shell me={me} at={at}>
      {at.view === 'today' && <TodayView me={me} date={at.date} />}
      {at.view === 'book' && <BookView me={me} />}
      {at.view === 'settings' && <SettingsView facility={me.facility} />}
      {at.view === 'connections' && <ConnectionsView me={me} />}
      {at.view === 'report' && <ReportView key={at.id} id={at.id} />}
      {at.view === 'firewall' && <FirewallSheet key={at.id} id={at.id} />}
      {at.view === 'desk' && <DeskView me={me} />}
      {at.view === 'session' && <SessionView key={at.id} id={at.id} me={me} />}
    </Shell>
  );
}

/** The asked view where this person has it, else the first of their own. */
function allowed(asked: Route, me: Me, home: Home): Route {
  const clinical = me.role !== 'support';
  const desk = me.role !== 'clinician';
  const first: Route = !clinical || (home === 'desk' && desk) ? { view: 'desk' } : { view: 'today', date: undefined };
  if (location.hash === '') return first;
  if (asked.view === 'report' || asked.view === 'firewall') return asked;
  if (asked.view === 'settings' || asked.view === 'connections') return me.role === 'admin' ? asked : first;
  if (asked.view === 'desk' || asked.view === 'session' || asked.view === 'test_call') return desk ? asked : first;
  return clinical ? asked : first;
}
