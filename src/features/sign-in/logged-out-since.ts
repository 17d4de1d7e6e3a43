import type { SlotCount, SlotCounts } from '../../console/slot-counter.ts';
import { isNamed, mayBeNamed } from '../../sessions/is-named.ts';
import type { SessionView } from '../../sessions/record.ts';
import type { Refusal } from './sign-in-desk.ts';

export interface LoggedOut {
  readonly session: SessionView;
  /** Surely of the user who was refused; else only perhaps. */
  readonly isSame: boolean;
  /**
   * Its own, by a list that was asked for afterwards: an accepted log out proves nothing. `doubtful`: it is gone, and yet the
   * limit that is set here is reached.
   */
  readonly slot: 'free' | 'counting' | 'unknown' | 'doubtful';
}

/** What the server counted of whoever was refused, and of nobody else. */
export const isCountOf = (
  { connection, name, person }: SlotCount,
  at: string,
  user: string | null,
  sessions: readonly SessionView[],
): boolean =>
  connection === at &&
  (isNamed({ name, also: [person?.email ?? name] }, user) ||
    sessions.some(({ identity }) => identity.name === name && isNamed(identity, user)));

/** Whoever ended what: a count in which the server lists fewer than it did just after the refusal. */
export const roomSince = (
  { atMs, user }: Refusal,
  sessions: readonly SessionView[],
  connection: string,
  counts: SlotCounts,
): SlotCount | undefined =>
  [...counts.values()].find(
    (count) => isShorter(count, atMs) && !isFull(count) && isCountOf(count, connection, user, sessions),
  );

const openOf = ({ sessions, overSince }: SlotCount): number => (sessions?.length ?? Infinity) + overSince;

/** By the limit that is set here, which the server may not share. */
const isFull = (count: SlotCount): boolean => typeof count.limit === 'number' && openOf(count) >= count.limit;

const isShorter = (count: SlotCount, refusedAtMs: number): boolean =>
  count.atRefusal !== null && count.atRefusal.askedAtMs >= refusedAtMs && openOf(count) < count.atRefusal.count;

/** The session whose log-out after a refusal made room, or may have. */
export function loggedOutSince(
  { atMs, user }: Refusal,
  sessions: readonly SessionView[],
  connection: string,
  counts: SlotCounts,
): LoggedOut | undefined {
  const since = sessions
    .filter(({ ended, ...one }) => one.connection === connection && ended?.how === 'logged-out' && ended.atMs > atMs)
    .flatMap((session): LoggedOut[] => {
      const slot = slotOf(session, counts, atMs);
      return slot === 'held' ? [] : [{ session, isSame: isNamed(session.identity, user), slot }];
    })
    .sort((one, other) => order.indexOf(one.slot) - order.indexOf(other.slot));
  // A server takes an e-mail for a user name where it likes.
  const mayBe = ({ session }: LoggedOut): boolean => user === null || mayBeNamed(session.identity, user);
  return since.find(({ isSame }) => isSame) ?? since.find(mayBe);
}

const order: readonly LoggedOut['slot'][] = ['free', 'counting', 'doubtful', 'unknown'];

/** `held`: by that session all the same, or by another one since. */
function slotOf(
  { connection, identity, ended, leftover }: SessionView,
  counts: SlotCounts,
  refusedAtMs: number,
): LoggedOut['slot'] | 'held' {
  if (leftover || !ended) return 'held';
  const ofUser = [...counts.values()].filter(
    ({ name, person, ...one }) =>
      one.connection === connection && (name === identity.name || (person !== null && person.id === identity.id)),
  );
  const [told] = ofUser
    .filter(({ sessions, askedAtMs }) => sessions && askedAtMs !== null && askedAtMs >= ended.atMs)
    .sort((one, other) => (other.askedAtMs ?? 0) - (one.askedAtMs ?? 0));
  if (!told) return ofUser.some(isAsked) ? 'counting' : 'unknown';
  const name = ended.place?.serverSessionId;
  if (name === undefined) return 'unknown';
  if (told.sessions?.some(({ id }) => id === name)) return 'held';
  if (!isFull(told)) return 'free';
  return isShorter(told, refusedAtMs) ? 'doubtful' : 'held';
}

/** The server lists them to a session of this browser, and did when it was last asked. */
const isAsked = ({ sessions, failure, asker }: SlotCount): boolean =>
  sessions !== null && failure === null && asker !== null;
