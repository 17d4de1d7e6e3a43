/** How many sessions a user had, over the last hours: what was counted, and where nobody counted. Pure; milliseconds. */

/** A time in which every count gave the same. */
export interface Run {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly count: number;
}

/** Of one connection, as it is stored. */
export interface SlotHistory {
  /** The connection. */
  readonly id: string;
  readonly revision: number;
  /** The longest that a session was ever given between two uses: the server's idle time; null before any. */
  readonly idleMs: number | null;
  /** By user. */
  readonly users: Readonly<Record<string, readonly Run[]>>;
}

/** A user may have the name of something that every object has. */
export const runsOf = ({ users }: Pick<SlotHistory, 'users'>, user: string): readonly Run[] =>
  Object.hasOwn(users, user) ? (users[user] ?? []) : [];

export const HISTORY_MS = 12 * 3_600_000;
/** Counts further apart tell nothing of the time between them. */
const APART_MAX_MS = 60_000;
const RUNS_MAX = 1_000;

export const emptyHistory = (connection: string): SlotHistory => ({
  id: connection,
  revision: 0,
  idleMs: null,
  users: {},
});

export function noteCount(runs: readonly Run[], atMs: number, count: number): readonly Run[] {
  const kept = runs.filter(({ untilMs }) => untilMs > atMs - HISTORY_MS).slice(-RUNS_MAX);
  const last = kept.at(-1);
  if (!last || atMs - last.untilMs > APART_MAX_MS) return [...kept, { fromMs: atMs, untilMs: atMs, count }];
  // A clock of another tab may be ahead by a little.
  const untilMs = Math.max(atMs, last.untilMs);
  const before = [...kept.slice(0, -1), { ...last, untilMs }];
  return last.count === count ? before : [...before, { fromMs: untilMs, untilMs, count }];
}

export function noteForUser(
  history: SlotHistory,
  user: string,
  { atMs, count, idleMs }: { readonly atMs: number; readonly count: number; readonly idleMs: number | null },
): SlotHistory {
  const others = Object.entries(history.users).filter(([, runs]) => (runs.at(-1)?.untilMs ?? 0) > atMs - HISTORY_MS);
  return {
    ...history,
    idleMs: Math.max(history.idleMs ?? 0, idleMs ?? 0) || null,
    users: { ...Object.fromEntries(others), [user]: noteCount(runsOf(history, user), atMs, count) },
  };
}

/** When the count stood at the limit or above, oldest first; runs that touch are one. */
export function fullTimes(
  runs: readonly Run[],
  limit: number,
): readonly { readonly fromMs: number; readonly untilMs: number }[] {
  const full: { fromMs: number; untilMs: number }[] = [];
  for (const { fromMs, untilMs, count } of runs) {
    if (count < limit) continue;
    const last = full.at(-1);
    if (last && fromMs <= last.untilMs) last.untilMs = untilMs;
    else full.push({ fromMs, untilMs });
  }
  return full;
}

/** A run in the drawing: shares of its width, 0 at the left. `after`: the run before it reaches up to it. */
export interface Step {
  readonly left: number;
  readonly right: number;
  readonly count: number;
  readonly after: boolean;
}

export interface StepChart {
  readonly fromMs: number;
  readonly toMs: number;
  /** The highest number that the drawing has room for. */
  readonly top: number;
  readonly steps: readonly Step[];
}

const CHART_MIN_MS = 3_600_000;

/** The whole history, but at least an hour, and at most as long as it is kept. */
export function chartOf(runs: readonly Run[], limit: number | 'none' | 'unknown', nowMs: number): StepChart {
  const oldestMs = Math.max(runs[0]?.fromMs ?? nowMs, nowMs - HISTORY_MS);
  const fromMs = Math.min(oldestMs, nowMs - CHART_MIN_MS);
  const share = (ms: number): number => Math.min(Math.max((ms - fromMs) / (nowMs - fromMs), 0), 1);
  const steps = runs
    .filter(({ untilMs }) => untilMs > fromMs)
    .map(({ fromMs: begun, untilMs, count }, at, shown) => {
      const after = shown[at - 1]?.untilMs === begun;
      return { left: share(begun), right: share(untilMs), count, after };
    });
  const highest = Math.max(1, ...runs.map(({ count }) => count));
  return { fromMs, toMs: nowMs, top: typeof limit === 'number' ? Math.max(limit, highest) : highest, steps };
}

/**
 * The latest time at which the server frees a session that nobody uses again; undefined where nobody said enough. All
 * times on our clock: `idleMs` may be shorter than the server's where no session was ever given the whole of it.
 */
export function latestFreeMs(
  session: { readonly lastUsedAtMs?: number; readonly endsAtMs?: number },
  {
    idleMs,
    graceMs,
    offsetMs,
  }: { readonly idleMs: number | null; readonly graceMs: number; readonly offsetMs: number },
): number | undefined {
  const { lastUsedAtMs, endsAtMs } = session;
  const idleEnd = idleMs === null || lastUsedAtMs === undefined ? undefined : lastUsedAtMs + idleMs + graceMs;
  const ends = [idleEnd, endsAtMs].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends) - offsetMs;
}
