/** What a press on somebody's slots takes, and what only a count shows: fetched as soon as the slots are drawn. */
import { later } from '../../lib/later.ts';
import { lazyPart } from '../../ui/lazy-part.ts';

export const EndDialog = lazyPart(async () => (await import('./end-dialog.tsx')).EndDialog);
export const SomebodyElse = lazyPart(async () => (await import('./somebody-else.tsx')).SomebodyElse);
export const LockNote = lazyPart(async () => (await import('./lock-note.tsx')).LockNote);
export const CountedSessions = lazyPart(async () => (await import('./counted-sessions.tsx')).CountedSessions);

/** All that a press may need: the gateway, which has it, may be away by then. */
export const slotWork = later(async () => {
  const [{ endSessions, recount, unlockPerson }, { ticketOf }] = await Promise.all([
    import('./carry-out-ending.ts'),
    import('./ticket-summary.ts'),
    EndDialog.load(),
    LockNote.load(),
    CountedSessions.load(),
  ]);
  return { endSessions, recount, unlockPerson, ticketOf };
});
