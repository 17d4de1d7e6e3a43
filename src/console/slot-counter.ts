/**
 * Counts the sessions of a user at the server, again and again while somebody looks. Fetched with the first session that
 * takes a slot. A count prolongs nothing: it never refreshes, and a session whose access token is over is not asked with.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Failure } from '../http/failure.ts';
import type { Timers } from '../lib/clock.ts';
import { endsAtMs } from '../lib/time.ts';
import type { SlotRule } from '../providers/contract.ts';
import type { LockState, Person, ServerSession, ServerSessionsFace } from '../providers/server-sessions-face.ts';
import type { Hands } from '../refresh/hands.ts';
import type { Asker, Rights } from '../refresh/server-sessions.ts';
import { createQuestions, type Answer } from './count-question.ts';
import { createTurns } from './count-turns.ts';
import { freesAtStart } from './free-at-start.ts';
import { freesAtMs } from './frees-at.ts';
import { idleOf } from './idle-of.ts';
import { keepCount } from './keep-count.ts';
import { createOverSince } from './over-since.ts';
import { keyOf } from './slot-key.ts';
import { freeAsCounted } from '../refresh/free-what-is-gone.ts';
import { reclaimSlots } from '../refresh/reclaim-slots.ts';
import { refreshSession } from '../refresh/refresh-session.ts';
import { serverAsksToWait } from '../refresh/server-asks-to-wait.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { RecordStore } from '../sessions/record-store.ts';
import { emptyHistory, noteCount, noteForUser, runsOf, type Run, type SlotHistory } from '../sessions/slot-history.ts';

const COUNT_EVERY_MS = 15_000;
/** A question leaves a little after the round that asks it. */
const SLACK_MS = 500;
/** The run that goes on is stored no more often than this. */
const STORE_EVERY_MS = 60_000;
/** An access token that ends within this is not worth asking with. */
const ALMOST_OVER_MS = 2_000;

/** What is known of one user's sessions at one connection. Times on our clock, those of the sessions on the server's. */
export interface SlotCount {
  readonly key: string;
  readonly connection: string;
  readonly provider: string;
  readonly name: string;
  /** Somebody who was looked up; null for the user of sessions of this browser. */
  readonly person: Person | null;
  readonly limit: SlotRule['limit'];
  readonly rights: Rights | null;
  /** The session of this browser that asks; null where none can at the moment. */
  readonly asker: string | null;
  /** Without those that are over since they were asked for; null where the server never listed them. */
  readonly sessions: readonly ServerSession[] | null;
  /** How many of the list that is. */
  readonly overSince: number;
  /** The first list that was asked for after a sign-in was refused at the limit; null where none was. */
  readonly atRefusal: { readonly askedAtMs: number; readonly count: number } | null;
  /** Logged out from here before they were asked for: that the server still lists them says that it took no notice. */
  readonly loggedOut: readonly string[];
  /** When they were asked for; our clock. */
  readonly askedAtMs: number | null;
  /** Sessions of this browser whose tokens the server refused when it was last asked: perhaps ended there. */
  readonly refused: readonly string[];
  /** Of a person who was looked up; null where the server did not tell when it was last asked. */
  readonly lock: LockState | null;
  /** Why it did not. */
  readonly lockFailure: Failure | null;
  readonly countedAtMs: number | null;
  /** What the last question met. */
  readonly failure: Failure | null;
  readonly runs: readonly Run[];
  /** By session: the latest time at which the server frees it by itself, as far as the idle time is known; our clock. */
  readonly freesAtMs: ReadonlyMap<string, number>;
  /** The idle time that sessions were given here. */
  readonly idleMs: number | null;
}

export type SlotCounts = ReadonlyMap<string, SlotCount>;

export interface SlotCounter {
  readonly counts: StoreApi<SlotCounts>;
  /** Counts what is due: the sessions changed, the page was looked at again, time went by. */
  look(): void;
  /** Counts all: a sign-in was refused at the limit, which may speak against what is known. */
  lookAnew(): void;
  /** Counts one now, for a person who asked: an access token that is over is refreshed for it. */
  recount(key: string): Promise<SlotCount | undefined>;
  /** Counts a person as well until the returned function is called. `asker`: the session with the right. */
  watch(asker: SessionRecord['id'], person: Person): Promise<() => void>;
  /** What a count was asked with, for what is done about it. */
  askerOf(key: string): Promise<Asker | undefined>;
  dispose(): void;
}

export interface CounterPorts {
  readonly hands: Hands;
  readonly timers: Timers;
  readonly counts: StoreApi<SlotCounts>;
  readonly histories: RecordStore<SlotHistory>;
  /** Somebody can see the page, it is online, and nothing speaks against a call to that server. */
  mayCount(connection: string): boolean;
  onFault(error: unknown): void;
}

const keyOfPerson = (connection: string, { id }: Person): string => `${connection}\n\n${id}`;

interface Subject {
  readonly key: string;
  readonly connection: string;
  readonly provider: string;
  readonly name: string;
  readonly person: Person | null;
  /** Best first. */
  readonly askers: readonly SessionRecord[];
  /** Which sessions of that user are open here. */
  readonly open: string;
}

export function createSlotCounter(ports: CounterPorts): SlotCounter {
  const { hands, timers, counts } = ports;
  const faces = new Map<string, ServerSessionsFace>();
  const question = createQuestions(hands);
  const { loggedOutIn, withoutOver } = createOverSince(hands);
  const watched = new Map<string, { readonly person: Person; readonly asker: string }>();
  const turns = createTurns(carryOut, (key) => void countAgain(key).catch(ports.onFault));
  const storedAtMs = new Map<string, number>();
  /** By connection: until when its server asked to be left alone. */
  const quietUntilMs = new Map<string, number>();
  let timer: unknown = null;
  let anewAtMs = Infinity;
  let seen = '';
  let disposed = false;

  async function faceOf(provider: string): Promise<ServerSessionsFace | undefined> {
    const known = faces.get(provider);
    if (known) return known;
    const face = await (await hands.provider(provider)).serverSessions?.();
    if (face) faces.set(provider, face);
    return face;
  }

  const isLive = ({ tokens, connection }: SessionRecord): boolean => {
    const endMs = tokens ? endsAtMs(tokens.accessExpiry, hands.offsetMs(connection)) : 0;
    return endMs === undefined || endMs > hands.nowMs() + ALMOST_OVER_MS;
  };

  async function subjects(): Promise<readonly Subject[]> {
    const holding = (await hands.repository.list()).filter((one) => one.holdsSlot && one.tokens && !one.ended);
    const newest = [...holding].sort((one, other) => other.refreshedAtMs - one.refreshedAtMs);
    const own = new Map<string, SessionRecord[]>();
    for (const one of newest) {
      const key = keyOf(one.connection, one.identity.name);
      own.set(key, [...(own.get(key) ?? []), one]);
    }
    const mine = [...own].map(([key, askers]) => subjectOf(key, null, askers));
    const withId = (asker: string) => newest.filter(({ id }) => id === asker);
    const others = [...watched].map(([key, { person, asker }]) => subjectOf(key, person, withId(asker)));
    return [...mine, ...others].filter((subject) => subject !== undefined);

    function subjectOf(key: string, person: Person | null, askers: readonly SessionRecord[]): Subject | undefined {
      const [first] = askers;
      if (!first) return undefined;
      const { connection, provider, identity } = first;
      const name = person?.name ?? identity.name;
      const open = (own.get(keyOf(connection, name)) ?? []).map(({ id }) => id).sort();
      return { key, connection, provider, name, person, askers, open: open.join() };
    }
  }

  const subjectNow = async (key: string): Promise<Subject | undefined> =>
    (await subjects()).find((one) => one.key === key);

  async function countAgain(key: string): Promise<void> {
    const subject = await subjectNow(key);
    if (disposed) return;
    if (!subject) drop((one) => one === key);
    else if (mayAsk(subject)) await turns.count(subject, false);
  }

  async function carryOut(subject: Subject, byPerson: boolean): Promise<SlotCount | undefined> {
    const { key, connection } = subject;
    const [face, place] = await Promise.all([faceOf(subject.provider), hands.connection(connection)]);
    if (!face || !place) return undefined;
    const { slots } = await hands.provider(subject.provider);
    const history = (await ports.histories.get(connection)) ?? emptyHistory(connection);
    const before = counts.getState().get(key);
    const known: Omit<SlotCount, 'asker'> = {
      ...subjectView(subject),
      limit: slots?.(place).limit ?? 'none',
      rights: before?.rights ?? null,
      sessions: before?.sessions ?? null,
      overSince: before?.overSince ?? 0,
      atRefusal: before?.atRefusal ?? null,
      loggedOut: before?.loggedOut ?? [],
      askedAtMs: before?.askedAtMs ?? null,
      refused: before?.refused ?? [],
      lock: before?.lock ?? null,
      lockFailure: before?.lockFailure ?? null,
      countedAtMs: before?.countedAtMs ?? null,
      failure: before?.failure ?? null,
      runs: before?.runs ?? runsOf(history, subject.name),
      freesAtMs: before?.freesAtMs ?? new Map(),
      idleMs: history.idleMs,
    };
    const asking = await askInTurn(subject, face, byPerson);
    if (disposed) return undefined;
    const { record, found, refused } = asking;
    const asked = { ...known, asker: record?.id ?? null, ...(found && { refused }) };
    const noted = await withoutOver(found ? await noteFound(asked, found, history, record) : asked);
    const after = { ...noted, freesAtMs: freesAtMs(face, noted, hands.offsetMs(connection)) };
    show(after);
    return after;
  }

  interface Asking {
    readonly record: SessionRecord | undefined;
    readonly found: Answer | undefined;
    readonly refused: readonly string[];
  }

  async function askInTurn({ askers, person }: Subject, face: ServerSessionsFace, byPerson: boolean): Promise<Asking> {
    const ask = async (record: SessionRecord | undefined): Promise<Answer | undefined> => {
      if (!record?.tokens) return undefined;
      const { id, tokens, generation } = record;
      return await question({ asker: { id, face }, tokens, generation, person, anew: byPerson });
    };
    let record = askers.find(isLive) ?? (byPerson ? await refreshed(askers) : undefined);
    let found = await ask(record);
    const refused = record && isDeaf(found) ? [record.id] : [];
    // Ended elsewhere, and nobody has told this browser yet: another session of the same user may still be heard.
    for (const other of askers.filter((one) => one !== record && isLive(one))) {
      if (!isDeaf(found)) break;
      record = other;
      found = await ask(record);
      if (isDeaf(found)) refused.push(record.id);
    }
    if (!byPerson || !isDeaf(found)) return { record, found, refused };
    const renewed = await refreshed(askers);
    // Without one, the refusal stays what is known.
    if (!renewed) return { record: undefined, found, refused };
    return { record: renewed, found: await ask(renewed), refused: refused.filter((id) => id !== renewed.id) };
  }

  /** The first that the server still refreshes: those that it calls over say so in their records from then on. */
  async function refreshed(askers: readonly SessionRecord[]): Promise<SessionRecord | undefined> {
    for (const { id } of askers) {
      const done = await refreshSession(hands, id, 'use');
      if (done.kind === 'refreshed' || done.kind === 'adopted') return done.record;
    }
    return undefined;
  }

  const isDeaf = (found: Answer | undefined): boolean =>
    found?.listed?.ok === false && found.listed.failure.fault === 'access';

  async function noteFound(
    known: SlotCount,
    { rights: told, settled, listed, lock, askedAtMs }: Answer,
    history: SlotHistory,
    asker: SessionRecord | undefined,
  ): Promise<SlotCount> {
    const rights = settled ? told : (known.rights ?? told);
    // An older lock may be over, and a new one may have come: what could not be read is not known.
    const locked = lock && { lock: lock.ok ? lock.value : null, lockFailure: lock.ok ? null : lock.failure };
    const now = { ...known, rights, ...locked };
    if (!listed) return { ...now, sessions: null, failure: null };
    if (!listed.ok) {
      const { retryAfterMs = 0 } = listed.failure;
      quietUntilMs.set(known.connection, hands.nowMs() + retryAfterMs);
      return { ...now, failure: listed.failure };
    }
    const atMs = hands.nowMs();
    const sessions = listed.value;
    const idleMs = asker ? idleOf(asker, sessions, hands.offsetMs(known.connection)) : null;
    const noted = { atMs, count: sessions.length, idleMs };
    const loggedOut = await loggedOutIn(known, sessions, askedAtMs);
    const isFirst = askedAtMs >= anewAtMs && (known.atRefusal?.askedAtMs ?? -Infinity) < anewAtMs;
    const atRefusal = isFirst ? { askedAtMs, count: sessions.length } : known.atRefusal;
    const heard = { sessions, overSince: 0, atRefusal, loggedOut, askedAtMs };
    const counted = { ...now, ...heard, countedAtMs: atMs, failure: null };
    // Whom support looked up is nobody's business after the page is left.
    if (known.person) {
      return { ...counted, runs: noteCount(known.runs, atMs, sessions.length), idleMs: history.idleMs ?? idleMs };
    }
    const next = noteForUser({ ...history, users: { ...history.users, [known.name]: known.runs } }, known.name, noted);
    const changed = known.sessions?.length !== sessions.length || history.idleMs !== next.idleMs;
    if (changed || atMs - (storedAtMs.get(known.key) ?? 0) >= STORE_EVERY_MS) {
      storedAtMs.set(known.key, atMs);
      await keepCount(ports.histories, known, noted).catch(ports.onFault);
    }
    return { ...counted, runs: runsOf(next, known.name), idleMs: next.idleMs };
  }

  const show = (count: SlotCount): void => counts.setState(new Map(counts.getState()).set(count.key, count), true);

  function drop(isOver: (key: string) => boolean): void {
    const left = [...counts.getState()].filter(([key]) => !isOver(key));
    if (left.length < counts.getState().size) counts.setState(new Map(left), true);
  }

  /** The server named a moment, to a count or to a refresh. */
  const isToBeLeftAlone = ({ connection, askers }: Subject): boolean =>
    (quietUntilMs.get(connection) ?? 0) > hands.nowMs() ||
    askers.some((asker) => serverAsksToWait(asker, hands.nowMs()) !== undefined);

  const mayAsk = (subject: Subject): boolean => ports.mayCount(subject.connection) && !isToBeLeftAlone(subject);

  async function round(): Promise<void> {
    const all = await subjects();
    if (disposed) return;
    const open = new Map(all.map((one) => [one.key, one.open]));
    drop((key) => !open.has(key));
    turns.outdate(open);
    // Logged out, opened, or refreshed: the server’s list is another one from then on.
    const now = JSON.stringify(
      all.map(({ key, askers }) => [key, askers.map(({ id, generation }) => [id, generation])]),
    );
    const changed = now !== seen;
    seen = now;
    const nowMs = hands.nowMs();
    const dueInMs = ({ key }: Subject): number =>
      (counts.getState().get(key)?.askedAtMs ?? 0) + COUNT_EVERY_MS - SLACK_MS - nowMs;
    const isDue = (one: Subject): boolean => changed || dueInMs(one) <= 0;
    const due = all.filter((one) => isDue(one) && mayAsk(one));
    // What was counted between two rounds is due between two rounds as well.
    const waits = all.filter((one) => !isDue(one)).map(dueInMs);
    if (waits.length > 0) lookIn(Math.min(...waits));
    await Promise.all(due.map((subject) => turns.count(subject, false)));
  }

  if (freesAtStart()) reclaimSlots(hands).catch(ports.onFault);
  freeAsCounted(hands, counts, ports.onFault);

  function lookIn(delayMs: number): void {
    timers.clear(timer);
    timer = timers.set(look, delayMs);
  }

  function look(): void {
    if (disposed) return;
    lookIn(COUNT_EVERY_MS);
    round().catch(ports.onFault);
  }

  return {
    counts,
    look,
    lookAnew() {
      anewAtMs = hands.nowMs();
      seen = '';
      turns.outdateAll();
      look();
    },
    async recount(key) {
      // What is on its way was asked before, and perhaps with a token that is another one since.
      const subject = await turns.afterwards(key, () => subjectNow(key));
      return subject && (await turns.count(subject, true));
    },
    async watch(asker, person) {
      const record = await hands.repository.get(asker);
      if (!record) return () => undefined;
      const key = keyOfPerson(record.connection, person);
      const watching = { person, asker };
      watched.set(key, watching);
      const subject = await subjectNow(key);
      if (subject) await turns.count(subject, true);
      return () => {
        // Somebody else may watch the same person by now.
        if (watched.get(key) !== watching) return;
        watched.delete(key);
        drop((one) => one === key);
      };
    },
    async askerOf(key) {
      const counted = counts.getState().get(key)?.asker;
      // A count asks with a live token alone. A person who presses a button has one that is over refreshed.
      const id = counted ?? (await subjectNow(key))?.askers[0]?.id;
      const record = id === undefined ? undefined : await hands.repository.get(id);
      const face = record && (await faceOf(record.provider));
      return record && face && { id: record.id, face };
    },
    dispose() {
      disposed = true;
      timers.clear(timer);
    },
  };
}

const subjectView = ({ askers: _secret, ...view }: Subject) => view;
