/** Where sign-ins are sent from: once per click, whatever a component does meanwhile. What comes of them stands at the desk. */
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../lib/result.ts';
import type { FormValues, Refused, SignInWay } from '../../providers/sign-in-way.ts';
import { viewOf } from '../../sessions/record.ts';
import {
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
import { ANYBODY } from './stored-pause.ts';

/** A server that refused for its limit counts that as a failed log-in, so the next try must not come at once. */
export const LIMIT_PAUSE_MS = 60_000;

/** `failed`: how many sign-ins of this user in a row. */
export type DoubtsOf = (services: Services, job: Job, failed: number) => readonly Doubt[];

/** Sends, unless a sign-in is under way, the user is paused, or there is a doubt. Absent `doubtsOf`: the person is sure. */
export async function submit(services: Services, { state }: Desk, job: Job, doubtsOf?: DoubtsOf): Promise<void> {
  if (state.getState().running) return;
  if (standingPause(state.getState(), job.user.key, services.nowMs())) return;

  const doubts = doubtsOf?.(services, job, state.getState().failures[job.user.key] ?? 0);
  if (doubts?.length) {
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
    outcome: outcomeOf(services, job, done, atMs),
    running: false,
  }));
}

/** What became of something that no form sent. Leaves the answer of a form as it is. */
export function report(services: Services, { state }: Desk, job: Reported, done: Result<Done, Refused>): void {
  const atMs = services.nowMs();
  const outcome = outcomeOf(services, job, done, atMs);
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

/** The pause that keeps this user, by key, from signing in now. */
export const standingPause = ({ pauses }: DeskState, user: string, nowMs: number): Pause | undefined =>
  [pauses[ANYBODY], pauses[user]].find((pause) => pause && pause.untilMs > nowMs && pause.except !== user);

export const ownFault: Failure = {
  code: 'console-fault',
  happened: 'unknown',
  fault: 'local',
  sentence: 'This console failed while it signed in.',
  next: 'See Activity for what was sent, then reload the page. Nothing is sent again by itself.',
  status: null,
};

/** What a user's tries have come to by now. */
function counted(before: DeskState, user: User, done: Result<Done, Refused>, atMs: number): DeskState {
  if (done.ok) {
    const { [user.key]: _over, ...failures } = before.failures;
    return { ...before, failures };
  }
  const { failure } = done;
  return {
    ...before,
    failures: countsAgainst(failure)
      ? { ...before.failures, [user.key]: (before.failures[user.key] ?? 0) + 1 }
      : before.failures,
    pauses: { ...before.pauses, ...pauseAfter(failure, user, atMs) },
  };
}

function outcomeOf(
  { clocks }: Services,
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
      const offsetMs = clocks.offsetMs(record.connection);
      return { ...said, kind: 'opened', session: viewOf(record), offsetMs, shownOnce };
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

function pauseAfter({ fault, retryAfterMs = 0 }: Failure, user: User, fromMs: number): DeskState['pauses'] {
  if (fault === 'limit') {
    return { [ANYBODY]: { fromMs, untilMs: fromMs + LIMIT_PAUSE_MS, why: 'limit', of: user } };
  }
  if (fault !== 'throttle' || retryAfterMs <= 0) return {};
  return { [user.key]: { fromMs, untilMs: fromMs + retryAfterMs, why: 'throttle' } };
}
