import { formatClockTime } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import { wasRemoved, type SessionView } from '../../sessions/record.ts';

/** "API key 4f0a… (kept here)": which credential opened it, and whether new tokens can be made with it from here. */
export function lineageWords(
  session: SessionView,
  provider: Pick<Provider, 'signIn' | 'sessionFace'> | undefined,
  sessions: readonly SessionView[],
): string {
  const name = credentialWords(session, provider, sessions);
  const refresh = provider?.sessionFace(session.lineage.way).refresh;
  if (!refresh) return name;
  if (wasRemoved(session)) return `${name} (removed here: the server refused it)`;
  // Beside a refresh token a kept credential is one more way on, and its lack nothing to speak of.
  if (refresh.kind === 'single-use' && !session.lineage.kept) return name;
  return `${name} (${session.lineage.kept ? 'kept here' : 'not kept here'})`;
}

/**
 * The credential alone: "API key 4f0a…". Each time that one is typed it is a credential of its own here, held and
 * forgotten apart; so where two of a connection read the same, the time at which each was first used tells them apart.
 */
export function credentialWords(
  { lineage, connection, openedAtMs }: SessionView,
  provider: Pick<Provider, 'signIn'> | undefined,
  sessions: readonly SessionView[],
): string {
  const way = provider?.signIn.find(({ id }) => id === lineage.way);
  // Without a name of its own it is called after its way in, and a session's time of opening says the rest.
  if (way?.kind !== 'form' || !way.nameOfCredential) return lineage.label;
  const alike = sessions.filter(
    (one) => one.connection === connection && one.lineage.label === lineage.label && !one.ended,
  );
  if (alike.every((one) => one.lineage.credential === lineage.credential)) return lineage.label;
  const own = alike.filter((one) => one.lineage.credential === lineage.credential).map((one) => one.openedAtMs);
  return `${lineage.label}, signed in ${formatClockTime(Math.min(openedAtMs, ...own))}`;
}
