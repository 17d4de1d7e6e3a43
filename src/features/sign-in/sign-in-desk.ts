/**
 * Where sign-ins are sent from: once per click, whatever a component does meanwhile. Lives outside React, so that drawing
 * twice, leaving the page or coming back to it never sends anything and never loses an answer.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../../console/services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import type { FormSignIn, FormValues, Provider } from '../../providers/contract.ts';
import { signIn } from '../../refresh/sign-in.ts';
import type { SessionView } from '../../sessions/record.ts';
import { removedByCleaning, type Removed } from './removed-by-cleaning.ts';

/** After this many failures in a row for one user the page asks first: a locked account answers as a wrong password does. */
const FAILURES_BEFORE_ASKING = 3;
/** A server that refused for its limit counts that as a failed log-in, so the next try must not come at once. */
const LIMIT_PAUSE_MS = 60_000;

export interface Attempt {
  readonly provider: Provider;
  readonly way: FormSignIn;
  readonly connection: Connection;
  readonly values: FormValues;
}

/** Why nothing was sent yet: the person is asked first. */
export type Doubt =
  | { readonly kind: 'open-session'; readonly sessionId: string; readonly name: string }
  | { readonly kind: 'many-failures'; readonly name: string | null; readonly count: number };

export type Outcome =
  | {
      readonly kind: 'opened';
      readonly atMs: number;
      readonly sessionId: string;
      readonly name: string;
      readonly removed: readonly Removed[];
    }
  | {
      readonly kind: 'failed';
      readonly atMs: number;
      readonly wayLabel: string;
      readonly failure: Failure;
      readonly removed: readonly Removed[];
    };

export interface Pause {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly why: 'limit' | 'throttle';
}

/** What stands at one connection. Holds no value that was typed but user names. */
export interface DeskState {
  readonly running: boolean;
  readonly doubts: readonly Doubt[];
  readonly outcome: Outcome | null;
  /** By user, as `userOf` names them. */
  readonly pauses: Readonly<Record<string, Pause>>;
  readonly failures: Readonly<Record<string, number>>;
}

export interface Desk {
  readonly state: StoreApi<DeskState>;
  /** Sends, unless a sign-in is under way, the user is paused, or there is a doubt that the person has not dismissed. */
  submit(attempt: Attempt, sure: boolean): Promise<void>;
  /** The person decided against it. */
  withdraw(): void;
  /** The person has read the answer. */
  dismiss(): void;
}

const atRest: DeskState = { running: false, doubts: [], outcome: null, pauses: {}, failures: {} };

const desks = new WeakMap<Services, Map<string, Desk>>();

/** The one desk of a connection. */
export function deskOf(services: Services, connection: string): Desk {
  const known = desks.get(services) ?? new Map<string, Desk>();
  desks.set(services, known);
  const desk = known.get(connection) ?? createDesk(services);
  known.set(connection, desk);
  return desk;
}

/** Names the user that a form is filled in for, for counting; never a secret. `undefined` values make a way of its own. */
export function userOf(way: FormSignIn, values: FormValues): { readonly key: string; readonly name: string | null } {
  const field = way.fields.find(({ autoComplete, kind }) => autoComplete === 'username' && kind !== 'secret');
  const name = field ? (values[field.name] ?? '').trim() : '';
  return name === '' ? { key: `way:${way.id}`, name: null } : { key: `user:${name.toLowerCase()}`, name };
}

/** The sessions of a connection that still have tokens and that no server has called over. */
export const openAt = (sessions: readonly SessionView[], connection: string): readonly SessionView[] =>
  sessions.filter((one) => one.connection === connection && one.tokens && !one.ended && !one.signInNeeded);

/** The pause that still stands; one that a log-out at the same connection has answered is over. */
export function standingPause(
  pause: Pause | undefined,
  sessions: readonly SessionView[],
  connection: string,
  nowMs: number,
): Pause | undefined {
  if (!pause || pause.untilMs <= nowMs) return undefined;
  const freed = sessions.some(
    (one) => one.connection === connection && one.ended?.how === 'logged-out' && one.ended.atMs > pause.fromMs,
  );
  return pause.why === 'limit' && freed ? undefined : pause;
}

function createDesk(services: Services): Desk {
  const state = createStore<DeskState>(() => atRest);

  async function submit(attempt: Attempt, sure: boolean): Promise<void> {
    if (state.getState().running) return;
    const { connection, way, values } = attempt;
    const user = userOf(way, values);
    const { sessions } = services.state.getState();
    const pause = state.getState().pauses[user.key];
    if (standingPause(pause, sessions, connection.id, services.nowMs())) return;

    const doubts = sure
      ? []
      : doubtsOf(openAt(sessions, connection.id), user, state.getState().failures[user.key] ?? 0);
    if (doubts.length > 0) {
      state.setState({ doubts, outcome: null });
      return;
    }
    // From here on a second click finds `running`: nothing may be awaited before this line.
    state.setState({ running: true, doubts: [], outcome: null });
    const outcome = await attend(services, attempt);
    state.setState((before) => settle(before, user.key, outcome));
  }

  return {
    state,
    submit,
    withdraw: () => {
      state.setState({ doubts: [] });
    },
    dismiss: () => {
      state.setState({ doubts: [], outcome: null });
    },
  };
}

function doubtsOf(
  open: readonly SessionView[],
  { name }: { readonly name: string | null },
  count: number,
): readonly Doubt[] {
  const same =
    name === null ? undefined : open.find(({ identity }) => identity.name.toLowerCase() === name.toLowerCase());
  return [
    ...(same ? [{ kind: 'open-session', sessionId: same.id, name: same.identity.name } as const] : []),
    ...(count >= FAILURES_BEFORE_ASKING ? [{ kind: 'many-failures', name, count } as const] : []),
  ];
}

async function attend(services: Services, { provider, way, connection, values }: Attempt): Promise<Outcome> {
  const request = way.request(values, connection);
  const removed = request.ok ? removedByCleaning(way.fields, values, request.value) : [];
  try {
    const done = await signIn(services.hands, provider, way, connection, values);
    const atMs = services.nowMs();
    return done.ok
      ? { kind: 'opened', atMs, sessionId: done.value.id, name: done.value.identity.name, removed }
      : { kind: 'failed', atMs, wayLabel: way.label, failure: done.failure, removed };
  } catch {
    return { kind: 'failed', atMs: services.nowMs(), wayLabel: way.label, failure: ownFault, removed };
  }
}

const ownFault: Failure = {
  code: 'console-fault',
  happened: 'unknown',
  fault: 'local',
  sentence: 'This console failed while it signed in.',
  next: 'Look at the activity list for what was sent, then reload the page. Nothing is sent again by itself.',
  status: null,
};

function settle(before: DeskState, user: string, outcome: Outcome): DeskState {
  const rest = { ...before, running: false, outcome };
  if (outcome.kind === 'opened') {
    const { [user]: _over, ...failures } = before.failures;
    return { ...rest, failures };
  }
  const pause = pauseAfter(outcome.failure, outcome.atMs);
  return {
    ...rest,
    failures: countsAgainst(outcome.failure)
      ? { ...before.failures, [user]: (before.failures[user] ?? 0) + 1 }
      : before.failures,
    pauses: pause ? { ...before.pauses, [user]: pause } : before.pauses,
  };
}

/** Could the server have counted it as a failed log-in? A request that never got there, or to the wrong realm, was not. */
function countsAgainst({ fault, status, happened }: Failure): boolean {
  if (fault === 'configuration' || fault === 'input' || fault === 'local') return false;
  return status !== null || happened !== 'no';
}

function pauseAfter({ fault, retryAfterMs }: Failure, nowMs: number): Pause | undefined {
  if (fault === 'limit') return { fromMs: nowMs, untilMs: nowMs + LIMIT_PAUSE_MS, why: 'limit' };
  if (fault === 'throttle' && retryAfterMs !== undefined && retryAfterMs > 0) {
    return { fromMs: nowMs, untilMs: nowMs + retryAfterMs, why: 'throttle' };
  }
  return undefined;
}
