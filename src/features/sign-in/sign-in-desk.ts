/**
 * Where sign-ins are sent from: once per click, whatever a component does meanwhile. Lives outside React, so that drawing
 * twice, leaving the page or coming back to it never sends anything and never loses an answer.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../lib/result.ts';
import type { FormValues, Refused, ShownOnce, SignInWay } from '../../providers/sign-in-way.ts';
import type { Opened } from '../../refresh/sign-in.ts';
import type { SessionView } from '../../sessions/record.ts';
import type { Removed } from './removed-by-cleaning.ts';

/** After this many failures in a row for one user the page asks first: a locked account answers as a wrong password does. */
const FAILURES_BEFORE_ASKING = 3;
/** A server that refused for its limit counts that as a failed log-in, so the next try must not come at once. */
const LIMIT_PAUSE_MS = 60_000;

/** What one press of a button sends. */
export interface Job {
  readonly what: 'sign-in' | 'list' | 'check';
  readonly connection: string;
  readonly user: User;
  readonly removed: readonly Removed[];
  send(): Promise<Result<Done, Refused>>;
}

/** For counting; never a secret. Without a name it is a way of its own. */
export interface User {
  readonly key: string;
  readonly name: string | null;
}

/** `listed`: whoever asked has the list, and there is nothing to say. */
export type Done =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'checked'; readonly sentence: string }
  | { readonly kind: 'listed' };

/** Why nothing was sent yet: the person is asked first. */
export type Doubt =
  | { readonly kind: 'open-session'; readonly sessionId: string; readonly name: string }
  | { readonly kind: 'many-failures'; readonly name: string | null; readonly count: number };

interface Said {
  readonly atMs: number;
  readonly removed: readonly Removed[];
  /** The way in that it came by, where it came by itself: the person may be at another one by then. */
  readonly via?: Via;
}

export type Via = Pick<SignInWay, 'id' | 'label'>;

export type Outcome =
  | (Said & {
      readonly kind: 'opened';
      readonly sessionId: string;
      readonly name: string;
      /** Secrets that are stored nowhere: here until the person has closed them. */
      readonly shownOnce: readonly ShownOnce[];
    })
  | (Said & { readonly kind: 'checked'; readonly sentence: string })
  | (Said & {
      readonly kind: 'failed';
      readonly what: Job['what'];
      readonly failure: Refused;
      readonly user: string | null;
    });

/** When the vendor refused a sign-in, and whose; `user` is as it was typed, null where the way in has no user name. */
export type Refusal = Pick<Extract<Outcome, { kind: 'failed' }>, 'atMs' | 'user'>;

export interface Pause {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly why: 'limit' | 'throttle';
}

/** What stands at one connection. Holds no value that was typed but user names. */
export interface DeskState {
  readonly running: boolean;
  /** The way in that the person chose last, and the visit of the page (its key in the history) on which they did. */
  readonly chosen: { readonly way: string; readonly at: string } | null;
  /** How much on the screen must not be taken away: a wait for the vendor's page, a credential whose list is open. */
  readonly held: number;
  readonly doubts: readonly Doubt[];
  readonly outcome: Outcome | null;
  /** By user, as `userOf` names them. */
  readonly pauses: Readonly<Record<string, Pause>>;
  readonly failures: Readonly<Record<string, number>>;
}

/** What was done without the desk, and by which way in. */
export type Reported = Pick<Job, 'what' | 'user' | 'removed'> & { readonly via: Via };

export interface Desk {
  readonly state: StoreApi<DeskState>;
  /** Sends, unless a sign-in is under way, the user is paused, or there is a doubt that the person has not dismissed. */
  submit(job: Job, sure: boolean): Promise<void>;
  /** What became of something that the desk did not send itself. */
  report(job: Reported, done: Result<Done, Refused>): void;
  choose(way: string, at: string): void;
  /** Returns the function that lets go. Harmless when repeated. */
  hold(): () => void;
  /** The person decided against it. */
  withdraw(): void;
  /** The person has read the answer. */
  dismiss(): void;
  /** The person turns to another way in, to which the answer says nothing. What is shown once stays until it is closed. */
  leaveAnswer(): void;
}

const atRest: DeskState = {
  running: false,
  chosen: null,
  held: 0,
  doubts: [],
  outcome: null,
  pauses: {},
  failures: {},
};

const desks = new WeakMap<Services, Map<string, Desk>>();

/** The one desk of a connection. */
export function deskOf(services: Services, connection: string): Desk {
  const known = desks.get(services) ?? new Map<string, Desk>();
  desks.set(services, known);
  const desk = known.get(connection) ?? createDesk(services);
  known.set(connection, desk);
  return desk;
}

/** Names the user that a form is filled in for. */
export function userOf(way: SignInWay, values: FormValues): User {
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
  return pause.why === 'limit' && loggedOutSince(pause.fromMs, sessions, connection) ? undefined : pause;
}

/** The session whose log-out made room after a refusal. */
export const loggedOutSince = (
  sinceMs: number,
  sessions: readonly SessionView[],
  connection: string,
): SessionView | undefined =>
  sessions.find((one) => one.connection === connection && one.ended?.how === 'logged-out' && one.ended.atMs > sinceMs);

function createDesk(services: Services): Desk {
  const state = createStore<DeskState>(() => atRest);

  async function submit(job: Job, sure: boolean): Promise<void> {
    if (state.getState().running) return;
    const { sessions } = services.state.getState();
    const pause = state.getState().pauses[job.user.key];
    if (standingPause(pause, sessions, job.connection, services.nowMs())) return;

    const open = job.what === 'sign-in' ? openAt(sessions, job.connection) : [];
    const doubts = sure ? [] : doubtsOf(open, job.user, state.getState().failures[job.user.key] ?? 0);
    if (doubts.length > 0) {
      state.setState({ doubts, outcome: null });
      return;
    }
    // From here on a second click finds `running`: nothing may be awaited before this line.
    state.setState({ running: true, doubts: [], outcome: null });
    const done = await job.send().catch(() => ({ ok: false, failure: ownFault }) as const);
    state.setState((before) => ({ ...settle(before, job, done, services.nowMs()), running: false }));
  }

  return {
    state,
    submit,
    report(job, done) {
      state.setState((before) => settle(before, job, done, services.nowMs()));
    },
    choose(way, at) {
      state.setState({ chosen: { way, at } });
    },
    hold() {
      let holds = true;
      const count = (by: 1 | -1): void => state.setState(({ held }) => ({ held: held + by }));
      count(1);
      return () => {
        if (holds) count(-1);
        holds = false;
      };
    },
    withdraw: () => {
      state.setState({ doubts: [] });
    },
    dismiss: () => {
      state.setState({ doubts: [], outcome: null });
    },
    leaveAnswer: () => {
      state.setState(({ outcome }) => ({ doubts: [], outcome: isShownOnce(outcome) ? outcome : null }));
    },
  };
}

const isShownOnce = (outcome: Outcome | null): boolean => outcome?.kind === 'opened' && outcome.shownOnce.length > 0;

function doubtsOf(open: readonly SessionView[], { name }: User, count: number): readonly Doubt[] {
  const same =
    name === null ? undefined : open.find(({ identity }) => identity.name.toLowerCase() === name.toLowerCase());
  return [
    ...(same ? [{ kind: 'open-session', sessionId: same.id, name: same.identity.name } as const] : []),
    ...(count >= FAILURES_BEFORE_ASKING ? [{ kind: 'many-failures', name, count } as const] : []),
  ];
}

export const ownFault: Failure = {
  code: 'console-fault',
  happened: 'unknown',
  fault: 'local',
  sentence: 'This console failed while it signed in.',
  next: 'Look at the activity list for what was sent, then reload the page. Nothing is sent again by itself.',
  status: null,
};

function settle(
  before: DeskState,
  { what, user, removed, via }: Omit<Reported, 'via'> & Partial<Pick<Reported, 'via'>>,
  done: Result<Done, Refused>,
  atMs: number,
): DeskState {
  const said = { atMs, removed, ...(via && { via }) };
  if (done.ok) {
    const { [user.key]: _over, ...failures } = before.failures;
    return { ...before, failures, doubts: [], outcome: outcomeOf(done.value, said) };
  }
  const { failure } = done;
  const pause = pauseAfter(failure, atMs);
  return {
    ...before,
    doubts: [],
    outcome: { ...said, kind: 'failed', what, failure, user: user.name },
    failures: countsAgainst(failure)
      ? { ...before.failures, [user.key]: (before.failures[user.key] ?? 0) + 1 }
      : before.failures,
    pauses: pause ? { ...before.pauses, [user.key]: pause } : before.pauses,
  };
}

function outcomeOf(done: Done, said: Said): Outcome | null {
  switch (done.kind) {
    case 'opened': {
      const { record, shownOnce } = done.opened;
      return { ...said, kind: 'opened', sessionId: record.id, name: record.identity.name, shownOnce };
    }
    case 'checked':
      return { ...said, kind: 'checked', sentence: done.sentence };
    case 'listed':
      return null;
    default:
      return done satisfies never;
  }
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
