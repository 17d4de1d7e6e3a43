/** Sign-ins under way that may take a slot, noted where the page's next start finds them. */
import { readJson } from '../http/json.ts';
import type { Locks } from '../lib/locks.ts';
import type { Hands, SlotCall } from '../refresh/hands.ts';

/** What the page leaves to its next start in the same tab. While there is something, the browser asks before it leaves. */
export interface Leavings {
  read(): string | null;
  write(text: string | null): void;
}

export interface SlotNotes {
  /** Returns the function that says that it is over. */
  begin(call: SlotCall): () => void;
  /** Ends what was under way when the page was left. */
  takeUp(hands: Hands): Promise<void>;
}

const lockOf = ({ nonce }: SlotCall): string => `keyward.sign-in.${nonce}`;

export function createSlotNotes(leavings: Leavings, locks: Locks): SlotNotes {
  let notes: readonly SlotCall[] = [];
  const keep = (changed: readonly SlotCall[]): void => {
    notes = changed;
    leavings.write(notes.length === 0 ? null : JSON.stringify(notes));
  };
  const drop = (call: SlotCall): void => keep(notes.filter(({ nonce }) => nonce !== call.nonce));

  return {
    begin(call) {
      let end = (): void => undefined;
      const over = new Promise<void>((resolve) => (end = resolve));
      void locks.run(lockOf(call), 0, () => over);
      keep([...notes, call]);
      return () => {
        drop(call);
        end();
      };
    },
    async takeUp(hands) {
      const text = leavings.read();
      if (text === null) return;
      const { endLeftSignIn, slotCallShape } = await import('../refresh/left-sign-in.ts');
      const found = readJson(text);
      const left = Array.isArray(found) ? found.filter(slotCallShape) : [];
      keep([...notes, ...left]);
      for (const call of left) {
        // A copy of a tab finds the notes of a page that still runs: they are that page's.
        await locks.run(lockOf(call), 0, () => endLeftSignIn(hands, call));
        drop(call);
      }
    },
  };
}
