/** Who can be asked for what. Pure. */
import type { SessionView } from '../../sessions/record.ts';

const isAlive = ({ tokens, ended, signInNeeded }: SessionView): boolean => tokens !== null && !ended && !signInNeeded;

const personOf = ({ identity }: SessionView): string => identity.id ?? identity.name;

/** One session for each person at a connection: every one of them has keys of their own. The oldest, so that it stays. */
export function askersAt(
  sessions: readonly SessionView[],
  connection: string,
  ways: readonly string[],
): readonly SessionView[] {
  const byPerson = new Map<string, SessionView>();
  for (const session of sessions) {
    if (session.connection !== connection || !isAlive(session) || !ways.includes(session.lineage.way)) continue;
    const known = byPerson.get(personOf(session));
    if (!known || session.openedAtMs < known.openedAtMs) byPerson.set(personOf(session), session);
  }
  return [...byPerson.values()];
}

/**
 * Who does something to a key: the same person, rather by another credential than by the key itself, whose last use would
 * move with every question.
 */
export function actorFor(
  sessions: readonly SessionView[],
  { asker, carriedBy }: { readonly asker: string | null; readonly carriedBy: string | null },
  ways: readonly string[],
): SessionView | null {
  const first = sessions.find(({ id }) => id === asker) ?? sessions.find(({ id }) => id === carriedBy);
  if (!first) return null;
  const able = sessions.filter(
    (one) =>
      one.connection === first.connection &&
      isAlive(one) &&
      personOf(one) === personOf(first) &&
      (ways.includes(one.lineage.way) || one.id === carriedBy),
  );
  return able.find(({ id }) => id !== carriedBy) ?? able[0] ?? null;
}
