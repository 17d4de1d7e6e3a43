/** What a row says that depends on the time but not on the second: it changes a few times in a session's life. */
import { dueOf, type Due, type Hold, type Surroundings } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import { statusOf, type StatusWord } from '../../sessions/status.ts';
import { isMisplaced, unstoredWords, whyOf } from './session-words.ts';

export interface Moment {
  readonly status: StatusWord;
  readonly why: string | null;
  /** The next refresh by itself, on the console's clock; undefined where none waits for a time. */
  readonly refreshAtMs: number | undefined;
  /** Why nothing happens by itself any more: what ends, ends unless a person acts. null where something will. */
  readonly hold: Hold | null;
}

export function momentOf(session: SessionView, around: Surroundings): Moment {
  const offsetMs = around.offsetMs(session.connection);
  const status = statusOf(session, around.nowMs, offsetMs);
  const due = dueOf(session, around);
  const why = whyOf(session, status, due, {
    nowMs: around.nowMs,
    offsetMs,
    leftAloneUntilMs: around.leftAloneUntilMs?.(session.connection),
  });
  const hold = due.kind === 'held' ? due.why : null;
  return {
    // Its token may live, but nothing can be asked of its server.
    status: status.word === 'ready' && hold !== null && isMisplaced(hold) ? 'waiting' : status.word,
    why: session.stored === undefined ? why : unstoredWords(session),
    refreshAtMs: plannedAtMs(due),
    hold,
  };
}

/** What is due at once is shown by its state, not by a mark on a line. */
const plannedAtMs = (due: Due): number | undefined =>
  due.kind === 'at' && (due.what === 'refresh' || due.what === 'probe') ? due.atMs : undefined;

export const sameMoment = (one: Moment, other: Moment): boolean =>
  one.status === other.status &&
  one.why === other.why &&
  one.refreshAtMs === other.refreshAtMs &&
  one.hold === other.hold;
