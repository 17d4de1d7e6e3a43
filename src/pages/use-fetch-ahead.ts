import { useEffect } from 'react';
import * as copy from '../features/copy-token/copy-parts.ts';
import * as sessions from '../features/sessions/session-parts.ts';

/** What is on the screen comes first. */
const AFTER_MS = 1_000;

/** Once there are sessions, fetches what can be done with them, so that none of it is missing when the gateway is away. */
export function useFetchAhead(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setTimeout(() => {
      sessions.fetchAhead();
      copy.fetchAhead();
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
}
