// From the link to who the person is.
import { join, place } from '../../patient/journey';
import type { Help, JoinState } from '../../patient/gateway';
import { InApp, TooOld } from '../../patient/screens/environment';
import { Landing } from '../../patient/screens/landing';
import { NoAnswer, NoLink, NotKept } from '../../patient/screens/no-way';
import { LockedOut, WhoAreYou } from '../../patient/screens/who';
import type { State } from '../catalogue';
import { gatewaySays } from '../outside';
import { joined, MINUTE, seated, STARTS, tap } from './facts';

const DAY = 24 * 60 * MINUTE;
const later = (by: number): Partial<JoinState> => ({ state: 'too_early', starts_at: STARTS + by, opens_at: STARTS + by - 10 * MINUTE });

function landing(name: string, change: Partial<JoinState> = {}): State {
  const draw = () => {
    joined(change);
    return <Landing />;
  };
  return { name: `landing ${name}`, draw };
}

const helped = (name: string, help: Partial<Help>) =>
  landing(`help ${name}`, { help: { state: 'asked', ahead: 2, at_desk: true, can_be_texted: false, ...help } });

function who(name: string, then?: () => Promise<void>): State {
  const draw = () => {
    joined();
    seated({ step: 'identify', who: null });
    place.value = { at: 'who' };
    return <WhoAreYou />;
  };
  return { name: `who are you ${name}`, draw, ...(then ? { then } : {}) };
}

const refuses = (code: string, status: number, facts = {}) => async () => {
  gatewaySays(() => ({ status, body: { code, ...facts } }));
  await tap('.button.main');
};

const withJoin = (name: string, screen: () => preact.ComponentChild, known = true): State => ({
  name,
  draw: () => {
    if (known) joined();
    return screen();
  },
});

let seats = 0;

/** The page remembers for which seat it asked. */
const lockedOut = (name: string) =>
  withJoin(`who are you ${name}`, () => {
    joined({ seat: `locked-${++seats}` });
    seated({ step: 'locked_out', who: null, ...(join.value ? { join: join.value } : {}) });
    return <LockedOut />;
  });

export const arriving: readonly State[] = [
  landing('open'),
  landing('open on another day', { starts_at: STARTS + 2 * DAY }),
  landing('open and moved', { moved: true }),
  landing('open for a caregiver', { role: 'caregiver' }),
  landing('early today', later(0)),
  landing('early and moved', { ...later(0), moved: true }),
  landing('early tomorrow', later(DAY)),
  landing('early another day', later(5 * DAY)),
  landing('over', { state: 'over' }),
  landing('cancelled', { state: 'cancelled' }),
  { ...landing('without internet'), then: async () => (gatewaySays(() => 'offline'), tap('.button.main')) },
  { ...landing('our own fault'), then: refuses('internal', 500) },
  { ...landing('too many tries'), then: refuses('too_many', 429) },
  helped('asked', {}),
  helped('next with minutes', { ahead: 0, about_minutes: 4, can_be_texted: true }),
  helped('nobody there', { at_desk: false }),
  helped('somebody helps', { state: 'claimed', helper: 'Sam Ortiz' }),
  helped('done', { state: 'done', outcome: 'needs_another_device' }),
  withJoin('inside another app on iOS', () => <InApp system="ios" mayWork={false} />),
  withJoin('inside another app that may work', () => <InApp system="android" mayWork />),
  withJoin('software too old', () => <TooOld />),
  withJoin('cookies blocked', () => <NotKept />),
  withJoin('link unknown', () => <NoLink superseded={false} />, false),
  withJoin('link superseded', () => <NoLink superseded />, false),
  withJoin('no answer offline', () => <NoAnswer why="offline" />, false),
  withJoin('no answer our fault', () => <NoAnswer why="ours" />, false),
  withJoin('no answer busy', () => <NoAnswer why="busy" />, false),
  who('asked'),
  who('incomplete', refuses('birth_incomplete', 422)),
  who('mismatch', refuses('birth_mismatch', 422, { tries_left: 3 })),
  lockedOut('locked out'),
  { ...lockedOut('clinic asked'), then: async () => (gatewaySays(() => ({ status: 204 })), tap('.button.main')) },
];
