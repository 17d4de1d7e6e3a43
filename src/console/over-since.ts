/** What became of the sessions of a server's list, as far as this browser knows: logged out before it, or over since. */
import type { ServerSession } from '../providers/server-sessions-face.ts';
import type { Hands } from '../refresh/hands.ts';
import { isKnownOver } from '../sessions/known-over.ts';
import { foundGone, foundListed, loggedOutBefore } from '../sessions/listed-again.ts';
import { viewOf, type SessionView } from '../sessions/record.ts';
import type { SlotCount } from './slot-counter.ts';
import { keyOf } from './slot-key.ts';

export function createOverSince(hands: Hands) {
  /** At the server, by record. */
  const names = new Map<string, string>();

  /** Which of a list was logged out before it was asked for; and the records say from then on that a place is held. */
  async function loggedOutIn(
    { key }: SlotCount,
    sessions: readonly ServerSession[],
    askedAtMs: number,
  ): Promise<readonly string[]> {
    const listed = new Set(sessions.map(({ id }) => id));
    const found: string[] = [];
    for (const record of await hands.repository.list()) {
      const name = loggedOutBefore(record, askedAtMs);
      if (name === undefined) continue;
      const { id, connection, identity, leftover } = record;
      if (listed.has(name)) {
        found.push(name);
        if (!leftover) await hands.repository.change(id, foundListed);
      } else if (leftover && keyOf(connection, identity.name) === key) await hands.repository.change(id, foundGone);
    }
    return found;
  }

  /** A list that could not be had anew still names sessions that are over since; and those are in doubt no more. */
  async function withoutOver(count: SlotCount): Promise<SlotCount> {
    const { sessions, askedAtMs, connection } = count;
    const here = (await hands.repository.list()).map(viewOf);
    const isInDoubt = (one: string): boolean => here.some(({ id, signInNeeded }) => id === one && !signInNeeded);
    const doubtful = { ...count, refused: count.refused.filter(isInDoubt) };
    if (!sessions || askedAtMs === null) return doubtful;
    const then = { listedAtMs: askedAtMs, nowMs: hands.nowMs(), offsetMs: hands.offsetMs(connection) };
    // What is over without anything that ends it keeps no name in its record.
    for (const { id, tokens } of here) if (tokens?.serverSessionId) names.set(id, tokens.serverSessionId);
    const isOver = (one: SessionView): boolean =>
      one.ended?.how === 'logged-out' ? one.ended.atMs > askedAtMs : isKnownOver(one, then);
    const overNames = new Set(
      here.filter(isOver).map(({ id, ended }) => ended?.place?.serverSessionId ?? names.get(id)),
    );
    const left = sessions.filter(({ id }) => !overNames.has(id));
    return { ...doubtful, sessions: left, overSince: count.overSince + sessions.length - left.length };
  }

  return { loggedOutIn, withoutOver };
}
