/** What is in the memory of this tab alone, session by session. Pure; times are milliseconds on the console's clock. */
import { formatMoment } from '../../lib/format-time.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { StorageTrouble } from '../../sessions/record-store.ts';
import type { SessionView } from '../../sessions/record.ts';

interface Around {
  readonly nowMs: number;
  /** Server minus local time of the session's server. */
  readonly offsetMs: number;
  readonly connectionName: string;
}

/** Whose, what happened, what is still usable and until when, what to do. */
export function unstoredSentence(session: SessionView, trouble: StorageTrouble, around: Around): string {
  const { ended, identity, refreshes, stored } = session;
  const who = `${identity.name} at ${around.connectionName}`;
  const goesOn = `${trouble === 'full' ? 'Make room on this disk; it' : 'It'} is stored by itself as soon as that works.`;
  if (ended) {
    const what = ended.how === 'forgotten' ? 'forgotten' : 'logged out at the server';
    return `${who}: ${what}, not yet stored. Its token is not handed out any more. ${goesOn} Keep this tab open: where it is closed, the session is shown as before.`;
  }
  const keep = `${goesOn} Copy takes the new token. Keep this tab open: what is not stored goes with it.`;
  if (!stored)
    return `${who}: signed in; the session is in this tab alone. Its token ${until(session, around)}. ${keep}`;
  if (refreshes > stored.refreshes) {
    return `${who}: refreshed; the new token is in this tab alone and ${until(session, around)}. The stored one ${until(stored, around)}. ${keep}`;
  }
  return `${who}: what the server said to a refresh is not yet stored. Its token ${until(session, around)}. ${goesOn} Keep this tab open.`;
}

function until({ tokens }: SessionView, { nowMs, offsetMs }: Around): string {
  if (!tokens) return 'is gone';
  const endMs = endsAtMs(tokens.accessExpiry, offsetMs);
  if (endMs === undefined) return 'is valid; its end is not reported';
  return `is valid until ${formatMoment(endMs, nowMs)}`;
}
