import { isNamed, mayBeNamed } from '../../sessions/is-named.ts';
import type { SessionView } from '../../sessions/record.ts';
import type { Refusal } from './sign-in-desk.ts';

export interface LoggedOut {
  readonly session: SessionView;
  /** Surely of the user who was refused; else only perhaps. */
  readonly isSame: boolean;
}

/** The session whose log-out after a refusal made room, or may have; or, `inVain`, that the server lists all the same. */
export function loggedOutSince(
  { atMs, user }: Refusal,
  sessions: readonly SessionView[],
  connection: string,
  inVain = false,
): LoggedOut | undefined {
  const since = sessions
    // One that the server lists all the same is left over.
    .filter((one) => one.connection === connection && one.ended?.how === 'logged-out' && !one.leftover !== inVain)
    .filter(({ ended }) => ended && ended.atMs > atMs)
    .map((session) => ({ session, isSame: isNamed(session.identity, user) }));
  // A server takes an e-mail for a user name where it likes.
  const mayBe = ({ session }: LoggedOut): boolean => user === null || mayBeNamed(session.identity, user);
  return since.find(({ isSame }) => isSame) ?? since.find(mayBe);
}
