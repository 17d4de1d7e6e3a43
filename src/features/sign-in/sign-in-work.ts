/** Where sign-ins are sent from: once per click, whatever a component does meanwhile. What comes of them stands at the desk. */
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../lib/result.ts';
import type { FormValues, Refused, SignInWay } from '../../providers/sign-in-way.ts';
import type { SessionView } from '../../sessions/record.ts';
import {
  openAt,
  without,
  type Desk,
  type DeskState,
  type Done,
  type Doubt,
  type Job,
  type Outcome,
  type Pause,
  type Reported,
  type User,
} from './sign-in-desk.ts';

/** After this many failures in a row for one user the page asks first: a locked account answers as a wrong password does. */
const FAILURES_BEFORE_ASKING = 3;
/** A server that refused for its limit counts that as a failed log-in, so the next try must not come at once. */
const LIMIT_PAUSE_MS = 60_000;

/** Sends, unless a sign-in is under way, the user is paused, or there is a doubt that the person has not dismissed. */
export async function submit(services: Services, { state }: Desk, job: Job, sure: boolean): Promise<void> {
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
  const atMs = services.nowMs();
  state.setState((before) => ({
    ...counted(before, job.user, done, atMs),
    doubts: [],
    outcome: outcomeOf(job, done, atMs),
    running: false,
  }));
}

/** What became of something that no form sent. Leaves the answer of a form as it is. */
export function report(services: Services, { state }: Desk, job: Reported, done: Result<Done, Refused>): void {
  const atMs = services.nowMs();
  const outcome = outcomeOf(job, done, atMs);
  state.setState((before) => ({
    ...counted(before, job.user, done, atMs),
    news: [...without(before.news, job.via.id), ...(outcome ? [{ ...outcome, via: job.via }] : [])],
  }));
}

/** Names the user that a form is filled in for. */
export function userOf(way: SignInWay, values: FormValues): User {
  const field = way.fields.find(({ autoComplete, kind }) => autoComplete === 'username' && kind !== 'secret');
  const name = field ? (values[field.name] ?? '').trim() : '';
  return name === '' ? { key: `way:${way.id}`, name: null } : { key: `user:${name.toLowerCase()}`, name };
}

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

/** What a user's tries have come to by now. */
function counted(before: DeskState, user: User, done: Result<Done, Refused>, atMs: number): DeskState {
  if (done.ok) {
    const { [user.key]: _over, ...failures } = before.failures;
    return { ...before, failures };
  }
  const { failure } = done;
  const pause = pauseAfter(failure, atMs);
  return {
    ...before,
    failures: countsAgainst(failure)
      ? { ...before.failures, [user.key]: (before.failures[user.key] ?? 0) + 1 }
      : before.failures,
    pauses: pause ? { ...before.pauses, [user.key]: pause } : before.pauses,
  };
}

function outcomeOf(
  { what, user, removed }: Omit<Reported, 'via'>,
  done: Result<Done, Refused>,
  atMs: number,
): Outcome | null {
  const said = { atMs, removed };
  if (!done.ok) return { ...said, kind: 'failed', what, failure: done.failure, user: user.name };
  const { value } = done;
  switch (value.kind) {
    case 'opened': {
      const { record, shownOnce } = value.opened;
      return { ...said, kind: 'opened', sessionId: record.id, name: record.identity.name, shownOnce };
    }
    case 'checked':
      return { ...said, kind: 'checked', sentence: value.sentence };
    case 'listed':
      return null;
    default:
      return value satisfies never;
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
