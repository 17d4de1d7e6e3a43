/**
 * The sessions that a vendor's server holds for a user: one's own, and where the right exists anybody's. Data and readers
 * only; who sends them decides what a refusal does to the session that asked.
 */
import type { Reply } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import type { Result } from '../lib/result.ts';
import type { Tokens } from './tokens.ts';

/** One question or change: the parameters beside the credential, and what the reply says. */
export interface Ask<Subject, Value> {
  readonly operation: string;
  params(subject: Subject): Params;
  read(reply: Reply): Result<Value, Failure>;
}

/** A session as the server lists it. Times are milliseconds since 1970 by the server's clock. */
export interface ServerSession {
  readonly id: string;
  readonly startedAtMs?: number;
  /** Its last refresh: reading with its token does not count as use. */
  readonly lastUsedAtMs?: number;
  /** The end that no use moves. */
  readonly endsAtMs?: number;
  readonly address?: string;
  /** As the server names it. */
  readonly browser?: string;
  readonly clients: readonly string[];
  /** The one whose token asked. */
  readonly current?: true;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly fullName?: string;
  readonly enabled?: boolean;
}

/** What too many failed sign-ins did to an account. Times are milliseconds since 1970 by the server's clock. */
export interface LockState {
  readonly locked: boolean;
  readonly failures: number;
  /** Undefined where no time lifts it, or nobody said. */
  readonly untilMs?: number;
  readonly lastFailureAtMs?: number;
  readonly lastAddress?: string;
}

/** The people from `first` on; `more`: there are others after them. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** Which right a token claims. Only the server decides; `unknown` is worth a try. */
export type Claim = 'yes' | 'no' | 'unknown';

export interface ServerSessionsFace {
  readonly own: {
    /** Every one that the limit counts. */
    readonly list: Ask<null, readonly ServerSession[]>;
    /** Accepted also where there is none of this id: only a new count proves anything. */
    readonly end: Ask<{ readonly session: string }, null>;
  };
  readonly others: {
    /** Asks for one person, harmlessly: accepted means that this user may look people up. */
    readonly mayFind: Ask<null, null>;
    readonly findExact: readonly {
      /** Whether it is worth asking for this text. */
      fits(text: string): boolean;
      /** The people of whom exactly that is true: more than one where a server lets them share it. */
      readonly ask: Ask<string, Page<Person>>;
    }[];
    readonly findAlike: Ask<{ readonly text: string; readonly first: number }, Page<Person>>;
    readonly list: Ask<{ readonly person: string }, readonly ServerSession[]>;
    readonly end: Ask<{ readonly session: string }, null>;
    readonly endAll: Ask<{ readonly person: string }, null>;
    /** What ending all does beside that, in a sentence. */
    readonly endAllAlso: string;
    readonly lockState: Ask<{ readonly person: string }, LockState>;
    readonly unlock: Ask<{ readonly person: string }, null>;
  };
  /** The person's id, where the tokens name one. */
  personOf(tokens: Tokens): string | undefined;
  /** The user name and the e-mail that the tokens tell. */
  namesOf(tokens: Tokens): { readonly name?: string; readonly email?: string };
  /** What the token says of its own rights: to see one's own sessions, other people's, and to end those. */
  claims(tokens: Tokens): { readonly own: Claim; readonly view: Claim; readonly change: Claim };
  /** A server that frees an idle session late: how late at most, for a session of that name; milliseconds. */
  idleGraceMs(session: Pick<ServerSession, 'id'>): number;
  /** The vendor's own page of a person's sessions, for a browser. */
  ownPage(baseUrl: string, settings: Readonly<Record<string, string>>): string;
}
