import { useEffect } from 'react';
import * as copy from '../features/copy-token/copy-parts.ts';
import * as sessions from '../features/sessions/session-parts.ts';

/** What is on the screen comes first. */
const AFTER_MS = 1_000;

/** Everything that can be done with a session, on whatever page. */
export const fetchUse = (): Promise<unknown> => Promise.all([sessions.fetchAhead(), copy.fetchAhead()]);

/** Where it is wanted, fetches it once the screen stands. `fetchPart` stays the same. */
export function useFetchLater(wanted: boolean, fetchPart: (() => Promise<unknown>) | undefined): void {
  useEffect(() => {
    if (!wanted || !fetchPart) return undefined;
    // A part that does not arrive is asked for again by whoever needs it.
    const timer = setTimeout(() => void fetchPart().catch(() => undefined), AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted, fetchPart]);
}

/** Where there are sessions that no sign-in on this page opened, fetches what can be done with them; and `also`, which stays the same. */
export function useFetchAhead(wanted: boolean, also?: () => Promise<unknown>): void {
  useFetchLater(wanted, fetchUse);
  useFetchLater(wanted, also);
}
