/** What a page was left in the middle of, taken up by the next start: rare, so it is fetched then. */
import { readJson } from '../http/json.ts';
import {
  endLeftSignIn,
  fateOfLeftSession,
  sayLeftVisit,
  slotCallShape,
  visitWaitShape,
} from '../refresh/left-sign-in.ts';
import { isLongOver } from '../sessions/long-over.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import { CALL_MAX_MS } from './slot-keeper.ts';
import { isCall, lockOf, nameOf, type Note, type NotePorts, type NotesInside } from './slot-notes.ts';

/** Ends, or says, what was under way when a page was left, in whichever tab that was. */
export async function takeUpNotes(inside: NotesInside): Promise<void> {
  const { ports, keeper, drop, settle } = inside;
  const { leavings, signIns, locks, hands } = ports;
  await keeper.share();
  const stored = await signIns.all();
  for (const one of stored) if (isLongOver(one, ports.nowMs())) await signIns.delete(one.id);
  const text = leavings.read();
  const open = stored.filter(({ lostAtMs }) => lostAtMs === null);
  if (text === null && open.length === 0) return;
  const found = text === null ? [] : readJson(text);
  const own = inside.own();
  const ofTab = (Array.isArray(found) ? found : []).filter(
    (one: unknown): one is Note => (slotCallShape(one) || visitWaitShape(one)) && !own.has(nameOf(one)),
  );
  const foreign = ofTab.filter(isCall);
  inside.add(ofTab);
  for (const visit of ofTab) {
    if (isCall(visit)) continue;
    await locks.run(lockOf(visit), 0, () => sayLeftVisit(hands, visit));
    drop(visit);
  }
  const left = new Map([...foreign, ...open.filter(mayBeLeft(own, ports))].map((call) => [call.nonce, call]));
  for (const call of left.values()) {
    // A page that still runs holds the lock: the note is its own, and a copy of its tab finds it as well.
    const fate = await locks.run(lockOf(call), 0, async () => {
      const known = await signIns.get(call.nonce);
      // Another tab was here before.
      if (known ? known.lostAtMs !== null : !foreign.includes(call)) return 'busy';
      return await (known?.opened ? fateOfLeftSession(hands, known, known.opened) : endLeftSignIn(hands, call));
    });
    if (fate === 'busy') drop(call);
    else await settle(call, fate === 'lost');
  }
}

const mayBeLeft =
  (own: ReadonlySet<string>, { locks, nowMs }: NotePorts) =>
  ({ nonce, sentAtMs }: LeftSignIn): boolean =>
    // Where each tab has locks of its own, only time tells that nobody waits for the answer any more.
    !own.has(nonce) && (locks.acrossTabs || nowMs() - sentAtMs > 2 * CALL_MAX_MS);
