import type { Account, Person, Session } from './account.ts';
import { ApiError } from './errors.ts';
import type { Value } from './render.ts';

/** One request, with what every resource needs of it. */
export interface Visit {
  readonly account: Account;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  readonly address: string;
}

export interface Reply {
  readonly status: number;
  /** Left out: no body. */
  readonly body?: Value;
}

export interface Caller {
  readonly person: Person;
  readonly session: Session;
}

/** Only the query parameter counts: no text of the vendor knows a header for it. */
export function caller(visit: Visit): Caller {
  const { account, query } = visit;
  const token = query.get('token');
  if (!token) throw new ApiError('PE01-1002');
  const session = account.sessions.get(token);
  const person = session && account.people.get(session.personId);
  if (!session || !person || account.clock.nowMs() >= session.tokenEndsMs) throw new ApiError('PE01-1010');
  if (!person.active) throw new ApiError('PE01-1008');
  countRequest(visit, person);
  return { person, session };
}

const shrunkForMs = 60_000;

/** Section 8: so many requests in so many seconds, per address and account; over it the limit is halved for a while. */
function countRequest({ account, address }: Visit, person: Person): void {
  const { requests, windowMs, status } = account.settings.rateLimit;
  const nowMs = account.clock.nowMs();
  const key = `${person.id} ${address}`;
  const traffic = account.traffic.get(key) ?? { times: [], shrunkUntilMs: 0 };
  account.traffic.set(key, traffic);
  traffic.times = traffic.times.filter((time) => time > nowMs - windowMs);
  const limit = nowMs < traffic.shrunkUntilMs ? Math.floor(requests / 2) : requests;
  if (traffic.times.length >= limit) {
    traffic.shrunkUntilMs = nowMs + shrunkForMs;
    throw new ApiError('PE01-9002', { status });
  }
  traffic.times.push(nowMs);
}
