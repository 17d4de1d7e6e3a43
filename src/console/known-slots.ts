/** What is known of people's places at a vendor before a sign-in, without asking anybody. Pure; our clock. */
import type { SlotRule } from '../providers/contract.ts';
import type { Identity } from '../providers/tokens.ts';
import type { SessionView } from '../sessions/record.ts';
import type { SlotCount, SlotCounts } from './slot-counter.ts';

export interface KnownSlots {
  readonly who: Identity;
  /** As the server said it, with what is over since; or what this browser opened. */
  readonly count: number;
  readonly limit: SlotRule['limit'];
  /** When the server counted; null where only what this browser opened is known. */
  readonly countedAtMs: number | null;
  /** How many of that count are over by now: how many there are then is not known. */
  readonly overSince: number;
  /** Opened here after that count, and in none of it. */
  readonly openedSince: number;
  /** What another sign-in meets: no place, or one that the server makes by ending a session. */
  readonly next: 'free' | 'refused' | EndedNext;
}

/** The session that was used least recently. */
export interface EndedNext {
  readonly isHere: boolean;
  readonly browser: string | null;
  readonly startedAtMs: number | null;
}

interface At {
  readonly connection: string;
  readonly rule: SlotRule;
  /** Server minus local time. */
  readonly offsetMs: number;
}

/** One of each person who is signed in here, or who is being looked at. */
export function knownSlots(at: At, sessions: readonly SessionView[], counts: SlotCounts): readonly KnownSlots[] {
  const here = sessions.filter(
    (one) => one.connection === at.connection && one.holdsSlot && one.tokens && !one.ended && !one.signInNeeded,
  );
  const counted = [...counts.values()].filter((one) => one.connection === at.connection && one.sessions !== null);
  const lookedAt = counted.flatMap(({ person }) =>
    person ? [{ id: person.id, name: person.name, ...(person.email !== undefined && { also: [person.email] }) }] : [],
  );
  const people = [...here.map(({ identity }) => identity), ...lookedAt];
  return people
    .filter((who, nth) => people.findIndex((other) => isOne(other, who)) === nth)
    .map((who) => {
      const count = counted.find(({ name, person }) => isOne(person ?? { name }, who));
      const own = here.filter(({ identity }) => isOne(identity, who));
      const names = people.filter((one) => isOne(one, who)).flatMap(({ name, also = [] }) => [name, ...also]);
      return knownOf(at, { ...who, also: [...new Set(names)] }, own, count);
    });
}

const isOne = (one: Identity, other: Identity): boolean =>
  one.id !== undefined && other.id !== undefined ? one.id === other.id : one.name === other.name;

function knownOf(
  { rule, offsetMs }: At,
  who: Identity,
  own: readonly SessionView[],
  counted: SlotCount | undefined,
): KnownSlots {
  const countedAtMs = counted?.countedAtMs ?? null;
  const since = countedAtMs === null ? own : own.filter(({ openedAtMs }) => openedAtMs > countedAtMs);
  const listed = (counted?.sessions ?? []).map(({ id, browser, startedAtMs, lastUsedAtMs = 0 }) => {
    const isHere = own.some(({ tokens }) => tokens?.serverSessionId === id);
    const started = startedAtMs === undefined ? null : startedAtMs - offsetMs;
    return { isHere, browser: browser ?? null, startedAtMs: started, usedAtMs: lastUsedAtMs - offsetMs };
  });
  const opened = since.map(({ openedAtMs, refreshedAtMs }) => {
    return { isHere: true, browser: null, startedAtMs: openedAtMs, usedAtMs: refreshedAtMs };
  });
  const all = [...listed, ...opened].sort((one, other) => one.usedAtMs - other.usedAtMs);
  const [oldest] = all;
  const isFull = typeof rule.limit === 'number' && all.length >= rule.limit;
  const next = !isFull ? 'free' : rule.endsOldest && oldest ? oldest : 'refused';
  const overSince = counted?.overSince ?? 0;
  const many =
    countedAtMs === null
      ? { count: opened.length, overSince: 0, openedSince: 0 }
      : { count: listed.length + overSince, overSince, openedSince: opened.length };
  return { who, ...many, limit: rule.limit, countedAtMs, next };
}
