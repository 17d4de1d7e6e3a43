/** A user's sessions as one looks at them: what the server lists, joined with what this browser knows. Pure. */
import type { SlotCount } from '../../console/slot-counter.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { SessionView } from '../../sessions/record.ts';

/**
 * `in-view`: the one whose tokens are looked at. `here`: opened in this browser. `left`: so too, and refreshed no more.
 * `logged-out`: so too, and the server took no notice.
 */
export type Mark = 'in-view' | 'here' | 'left' | 'logged-out' | 'elsewhere';

/** Times on our clock. */
export interface Seen {
  /** The server's name of it, or the record's where the server gave none. */
  readonly id: string;
  readonly mark: Mark;
  /** Its record in this browser. */
  readonly localId: string | null;
  readonly browser: string | null;
  readonly address: string | null;
  readonly startedAtMs: number | null;
  readonly lastUsedAtMs: number | null;
  /** The latest time at which the server frees it by itself; null where nobody said. */
  readonly freesAtMs: number | null;
  readonly clients: readonly string[];
}

/** Unused for so long, a session is worth ending first. */
const UNUSED_AFTER_MS = 10 * 60_000;

export interface Looking {
  /** The record whose tokens are looked at. */
  readonly inView: string | null;
  readonly nowMs: number;
  /** Server minus local time. */
  readonly offsetMs: number;
}

/** Oldest first. `local`: this user's sessions in this browser. */
export function seenSessions(
  count: SlotCount | undefined,
  local: readonly SessionView[],
  looking: Looking,
): readonly Seen[] {
  const known = local.filter((one) => one.holdsSlot && !one.ended);
  const seen = count?.sessions
    ? listed(count, known, looking)
    : knownHere(
        known.filter(({ id }) => !count?.refused.includes(id)),
        looking,
      );
  return [...seen].sort((one, other) => (one.startedAtMs ?? 0) - (other.startedAtMs ?? 0));
}

const nameOf = ({ tokens, leftover }: SessionView): string | undefined =>
  tokens?.serverSessionId ?? leftover?.serverSessionId;

function listed(
  { sessions, loggedOut, freesAtMs }: SlotCount,
  known: readonly SessionView[],
  { inView, offsetMs }: Looking,
): readonly Seen[] {
  const onOurs = (ms: number | undefined): number | null => (ms === undefined ? null : ms - offsetMs);
  return (sessions ?? []).map((one) => {
    const record = known.find((candidate) => nameOf(candidate) === one.id);
    return {
      id: one.id,
      mark: record ? markOf(record, inView) : loggedOut.includes(one.id) ? 'logged-out' : 'elsewhere',
      localId: record?.id ?? null,
      browser: one.browser ?? null,
      address: one.address ?? null,
      startedAtMs: onOurs(one.startedAtMs),
      lastUsedAtMs: onOurs(one.lastUsedAtMs),
      freesAtMs: freesAtMs.get(one.id) ?? null,
      clients: one.clients,
    };
  });
}

const markOf = (record: SessionView, inView: string | null): Mark =>
  record.id === inView ? 'in-view' : record.leftover ? 'left' : 'here';

/** A session is counted until the end that the server gave its refresh token: then the slot is free at once. */
function knownHere(known: readonly SessionView[], { inView, offsetMs, nowMs }: Looking): readonly Seen[] {
  return known.flatMap((record): readonly Seen[] => {
    const { tokens, leftover, signInNeeded } = record;
    const expiry = tokens?.refreshExpiry;
    const freesAtMs = leftover ? leftover.untilMs : ((expiry && endsAtMs(expiry, offsetMs)) ?? null);
    const isOver = freesAtMs !== null && freesAtMs <= nowMs;
    if (isOver || (!leftover && (signInNeeded !== null || !tokens))) return [];
    return [
      {
        id: nameOf(record) ?? record.id,
        mark: markOf(record, inView),
        localId: record.id,
        browser: null,
        address: null,
        startedAtMs: record.openedAtMs,
        lastUsedAtMs: record.refreshedAtMs,
        freesAtMs,
        clients: [],
      },
    ];
  });
}

/** What nobody would miss: unused for long, and not the one that is looked at. */
export const unusedOf = (seen: readonly Seen[], nowMs: number): readonly Seen[] =>
  seen.filter(
    ({ mark, lastUsedAtMs }) => mark !== 'in-view' && lastUsedAtMs !== null && nowMs - lastUsedAtMs >= UNUSED_AFTER_MS,
  );

/** The one that a server ends to make room: refreshed least recently. */
export const nextToEnd = (seen: readonly Seen[]): Seen | undefined =>
  [...seen].sort((one, other) => (one.lastUsedAtMs ?? 0) - (other.lastUsedAtMs ?? 0))[0];

export function titleOf({ mark, browser }: Seen): string {
  switch (mark) {
    case 'in-view':
      return 'This console';
    case 'here':
      return 'Opened here';
    case 'left':
      return 'Opened here, then lost';
    case 'logged-out':
      return 'Logged out here, and the server still lists it';
    case 'elsewhere':
      return browser ?? 'Elsewhere';
    default:
      return mark satisfies never;
  }
}

/** Under the title: what else tells one from the other. */
export const placeOf = ({ mark, browser, address }: Seen): string =>
  [mark === 'elsewhere' ? null : browser, address].filter((part) => part !== null).join(' · ');
