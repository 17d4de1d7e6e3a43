/**
 * What limited places take while sessions live in memory alone: logging out as the page is left, and notes by which the
 * next page of this browser tells what was left open all the same.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { Hello } from '../http/envelope.ts';
import type { Locks } from '../lib/locks.ts';
import { randomName } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import type { Hands } from '../refresh/hands.ts';
import type { logOutOnLeaving } from '../refresh/send-log-out.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { StorageFault } from '../sessions/record-store.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import type { SwitchingStore } from '../sessions/switching-store.ts';
import { isForgetful, type KeepingState } from './keeping.ts';
import { createSharedNotes, type SharedNotes } from './shared-notes.ts';

export interface SlotKeeper {
  /** Those that hold a place are noted when it resolves, and others no more. */
  remember(records: readonly SessionRecord[]): Promise<void>;
  /** Before a session of this vendor is opened: fetches what logging it out takes, and shares the notes. */
  prepare(provider: string): Promise<void>;
  /** From now on the notes are where every tab of this browser finds them. */
  share(): Promise<void>;
  /** Logs out every session that holds a slot, in the last turn that a page gets. */
  logOut(hello: Hello | null): void;
}

export interface KeeperPorts {
  readonly hands: Hands;
  readonly signIns: SwitchingStore<LeftSignIn>;
  readonly locks: Locks;
  readonly keeping: StoreApi<KeepingState>;
  /** Throws where nothing can be stored; absent where there is none. */
  readonly storage: (() => Storage) | undefined;
}

/** Its name is its lock's too, which this page holds as long as it lives. */
export const lockOfNote = (name: string): string => `keyward.sign-in.${name}`;

/** A call that the gateway began is over by then. */
export const CALL_MAX_MS = 30_000;

interface OwnNote {
  note: LeftSignIn;
  readonly letGo: () => void;
}

export function createSlotKeeper({ hands, signIns, locks, keeping, storage }: KeeperPorts): SlotKeeper {
  const providers = new Map<string, Provider>();
  const own = new Map<string, OwnNote>();
  let leave: typeof logOutOnLeaving | undefined;
  let holding: readonly SessionRecord[] = [];
  let shared: SharedNotes | null = null;
  let turn: Promise<void> = Promise.resolve();
  const forgets = (): boolean => isForgetful(keeping.getState());
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work, work);
    return turn;
  };

  async function fetchParts(id: string): Promise<void> {
    leave ??= (await import('../refresh/send-log-out.ts')).logOutOnLeaving;
    if (!providers.has(id)) providers.set(id, await hands.provider(id));
  }

  function openStorage(): SharedNotes | undefined {
    try {
      return storage && createSharedNotes(storage());
    } catch {
      // Storage is switched off for this site.
      return undefined;
    }
  }

  const share = (): Promise<void> =>
    inTurn(async () => {
      const notes = shared ?? openStorage();
      if (!notes) return;
      if (!forgets()) {
        // Left by a page that kept nothing: they move in with what is kept.
        for (const note of await notes.all()) await signIns.insert(note);
        notes.clear();
      } else if (!shared) {
        shared = notes;
        await signIns.moveTo(notes);
      }
    });

  async function begin(record: SessionRecord): Promise<void> {
    const id = randomName(hands.random);
    let letGo = (): void => undefined;
    const over = new Promise<void>((resolve) => (letGo = resolve));
    void locks.run(lockOfNote(id), 0, () => over);
    const note = noteOf(record, id);
    own.set(record.id, { note, letGo });
    await signIns.insert(note);
  }

  async function renew(known: OwnNote, record: SessionRecord): Promise<void> {
    const untilMs = heldUntilMs(record);
    const { note } = known;
    if (note.opened?.logOut || note.untilMs === untilMs) return;
    known.note = { ...note, untilMs, revision: note.revision + 1 };
    await signIns.replace(known.note, note.revision);
  }

  async function drop(id: string, { note, letGo }: OwnNote): Promise<void> {
    // What came of a log out that was sent on leaving is for the next page to find out.
    if (note.opened?.logOut) return;
    own.delete(id);
    await signIns.delete(note.id);
    letGo();
  }

  async function note(records: readonly SessionRecord[]): Promise<void> {
    const kept = new Map(shared ? records.filter(mayHold).map((record) => [record.id, record]) : []);
    for (const [id, known] of [...own]) if (!kept.has(id)) await drop(id, known);
    for (const [id, record] of kept) {
      const known = own.get(id);
      await (known ? renew(known, record) : begin(record));
    }
  }

  /** What was lost before anybody knew the server's idle time has its end as well, once a session tells it. */
  async function tellEnds(records: readonly SessionRecord[]): Promise<void> {
    if (!records.some(({ tokens }) => tokens?.refreshExpiry?.kind === 'relative')) return;
    for (const left of await signIns.all()) {
      // What was open in a page has the end that its server named, or none.
      if (left.lostAtMs === null || left.untilMs !== null || left.opened) continue;
      const here = records.filter(({ connection, holdsSlot }) => holdsSlot && connection === left.connection);
      const idleMs = Math.max(0, ...here.map(idleMsOf));
      const told = { ...left, untilMs: left.sentAtMs + CALL_MAX_MS + idleMs, revision: left.revision + 1 };
      if (idleMs > 0) await signIns.replace(told, left.revision);
    }
  }

  keeping.subscribe(() => {
    if (forgets() || !shared) return;
    shared.clear();
    shared = null;
    // They are kept from now on, and no page takes them along.
    void inTurn(() => note([])).catch(() => undefined);
  });

  return {
    remember(records) {
      holding = forgets() ? records.filter((record) => mayHold(record) && !record.ended) : [];
      // What does not arrive is asked for again with the next change.
      for (const { provider } of holding) fetchParts(provider).catch(() => undefined);
      const work = async (): Promise<void> => {
        await note(records);
        await tellEnds(records);
      };
      return inTurn(work).catch((error: unknown) => {
        // The session is there, and its note is made with the next change.
        if (!(error instanceof StorageFault)) throw error;
      });
    },
    async prepare(id) {
      await fetchParts(id);
      if (forgets()) await share();
    },
    share,
    logOut(hello) {
      if (!forgets()) return;
      const leaving = holding.flatMap((record) => {
        const provider = providers.get(record.provider);
        const connection = hello?.connections.find(({ id }) => id === record.connection);
        if (!provider || !connection || !hello) return [];
        const call = { nonce: randomName(hands.random), boot: hello.boot };
        return [{ record, face: provider.sessionFace(record.lineage.way), connection, call }];
      });
      leave?.(hands, leaving);
      for (const { record, call } of leaving) {
        const known = own.get(record.id);
        if (!known) continue;
        const { note: before } = known;
        const opened = { logOut: { ...call, sentAtMs: hands.nowMs() } };
        known.note = { ...before, opened, revision: before.revision + 1 };
        void signIns.replace(known.note, before.revision);
      }
      // Whoever comes next takes them up, also where this page lies in a cache of the browser.
      for (const { letGo } of own.values()) letGo();
    },
  };
}

/** What ends it is here, or was dropped and it lives on. */
const mayHold = ({ holdsSlot, tokens, leftover, ended }: SessionRecord): boolean =>
  holdsSlot && (leftover !== undefined || (tokens !== null && !ended));

const idleMsOf = ({ tokens }: SessionRecord): number =>
  tokens?.refreshExpiry?.kind === 'relative' ? tokens.refreshExpiry.lifeMs : 0;

/** The latest time at which it is freed by itself, as far as its server told; milliseconds on our clock. */
function heldUntilMs({ tokens, leftover, intent }: SessionRecord): number | null {
  const expiry = tokens?.refreshExpiry;
  if (expiry?.kind !== 'relative') return leftover?.untilMs ?? null;
  // A refresh that is under way prolongs it, whether or not its answer comes.
  return Math.max(expiry.anchorMs, intent?.sentAtMs ?? 0) + expiry.lifeMs;
}

const noteOf = (record: SessionRecord, id: string): LeftSignIn => ({
  ...{ id, nonce: id, boot: '', revision: 0, way: record.lineage.way },
  ...{ connection: record.connection, provider: record.provider, baseUrl: record.baseUrl },
  ...{ sentAtMs: record.openedAtMs, lostAtMs: null, untilMs: heldUntilMs(record), opened: {} },
});
