/**
 * Sign-ins under way, noted where the next start finds them: one that may take a slot with the vault's other records
 * where sessions are kept, so that a killed tab leaves its note; else, and for a visit to a vendor's page, in what this
 * tab alone leaves to itself.
 */
import type { SlotCall, VisitWait } from '../refresh/hands.ts';
import { StorageFault } from '../sessions/record-store.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import { isForgetful } from './keeping.ts';
import { CALL_MAX_MS, createSlotKeeper, lockOfNote, type KeeperPorts, type SlotKeeper } from './slot-keeper.ts';

/** What the page leaves to its next start in the same tab. */
export interface Leavings {
  read(): string | null;
  /** `asks`: the browser asks before the page is left. */
  write(text: string | null, asks: boolean): void;
  /** What every tab of this browser finds; throws where nothing can be stored. */
  readonly storage?: () => Storage;
}

export type Note = SlotCall | VisitWait;

export interface SlotNotes {
  readonly keeper: SlotKeeper;
  /** Returns the function that says that it is over; `mayBeOpen`: nobody knows whether a session was opened. */
  begin(call: SlotCall): Promise<(mayBeOpen: boolean) => Promise<void>>;
  /** Returns the function that says that it is over. */
  wait(visit: VisitWait): () => void;
  /** Ends, or says, what was under way when a page was left, in whichever tab that was. */
  takeUp(): Promise<void>;
}

export interface NotePorts extends Omit<KeeperPorts, 'storage'> {
  readonly leavings: Leavings;
  nowMs(): number;
  /** The longest that a session of that connection is kept unused; null where nobody said. */
  idleMs(connection: string): Promise<number | null>;
}

export const isCall = (note: Note): note is SlotCall => 'nonce' in note;
export const nameOf = (note: Note): string => (isCall(note) ? note.nonce : note.wait);
export const lockOf = (note: Note): string => lockOfNote(nameOf(note));

/** What taking up what was left has to do with the notes of this page. */
export interface NotesInside {
  readonly ports: NotePorts;
  readonly keeper: SlotKeeper;
  /** The names of those that this page has. */
  own(): ReadonlySet<string>;
  add(found: readonly Note[]): void;
  drop(note: Note): void;
  settle(call: SlotCall, mayBeOpen: boolean): Promise<void>;
}

export function createSlotNotes(ports: NotePorts): SlotNotes {
  const { leavings, signIns, locks } = ports;
  const keeper = createSlotKeeper({ ...ports, storage: leavings.storage });
  let notes: readonly Note[] = [];
  const keep = (changed: readonly Note[]): void => {
    notes = changed;
    leavings.write(notes.length === 0 ? null : JSON.stringify(notes), notes.some(isCall));
  };
  const drop = (note: Note): void => keep(notes.filter((one) => nameOf(one) !== nameOf(note)));

  /** Its lock is held until the function is called, which tells other tabs that somebody still waits. */
  function hold(note: Note): () => void {
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    void locks.run(lockOf(note), 0, () => over);
    keep([...notes, note]);
    return end;
  }

  async function settle(call: SlotCall, mayBeOpen: boolean): Promise<void> {
    drop(call);
    const stored = await signIns.get(call.nonce);
    if (!mayBeOpen) {
      await signIns.delete(call.nonce);
      return;
    }
    const idleMs = stored?.opened ? null : await ports.idleMs(call.connection);
    const untilMs = idleMs === null ? (stored?.untilMs ?? null) : call.sentAtMs + CALL_MAX_MS + idleMs;
    const revision = (stored?.revision ?? -1) + 1;
    const lost = { ...(stored ?? recordOf(call)), lostAtMs: ports.nowMs(), untilMs, revision };
    if (stored) await signIns.replace(lost, stored.revision);
    else await signIns.insert(lost);
  }

  const inside: NotesInside = {
    ports,
    keeper,
    own: () => new Set(notes.map(nameOf)),
    add: (found) => keep([...notes, ...found]),
    drop,
    settle,
  };
  let taking: Promise<void> | null = null;

  return {
    keeper,
    async begin(call) {
      const end = hold(call);
      try {
        await signIns.insert(recordOf(call));
      } catch (error) {
        drop(call);
        end();
        throw error;
      }
      return async (mayBeOpen) => {
        try {
          // What it opened is noted before the note of the sign-in goes.
          if (isForgetful(ports.keeping.getState())) await keeper.remember(await ports.hands.repository.list());
          await settle(call, mayBeOpen);
        } catch (error) {
          // The answer is here: a note that could not be dropped is found to be settled by the next start.
          if (!(error instanceof StorageFault)) throw error;
        } finally {
          end();
        }
      };
    },
    wait(visit) {
      const end = hold(visit);
      return () => {
        drop(visit);
        end();
      };
    },
    takeUp() {
      taking ??= import('./take-up-notes.ts')
        .then(({ takeUpNotes }) => takeUpNotes(inside))
        .finally(() => (taking = null));
      return taking;
    },
  };
}

const recordOf = ({ connection, provider, baseUrl, way, nonce, boot, sentAtMs }: SlotCall): LeftSignIn => ({
  ...{ id: nonce, revision: 0, connection, provider, baseUrl, way, nonce, boot, sentAtMs },
  lostAtMs: null,
  untilMs: null,
});
