// Tells the gateway that this window of the desk is open, so that colleagues and patients know who is there.
import { useEffect } from 'preact/hooks';
import * as api from '../staff/api';

/** The gateway takes a window of which it has not heard for three minutes as closed. */
const EVERY_MS = 30_000;

/** `then` runs after each word: what depends on who is there is read again. */
export function useAtDesk(then: () => void = () => undefined): void {
  useEffect(() => {
    const say = () => void api.atDesk().then(then, () => undefined);
    say();
    const timer = setInterval(say, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
