/** What a test may change in this server beyond clock, faults and ledger. */
import { addKey, addPerson, findPerson, openSession } from './account.ts';
import type { Account, Person, SecretKey, Session, Settings } from './account.ts';
import { errorCodes } from './errors.ts';
import type { ErrorCode } from './errors.ts';

export interface PrimatimeActions {
  configure(
    change: Partial<Omit<Settings, 'rateLimit'>> & { readonly rateLimit?: Partial<Settings['rateLimit']> },
  ): Settings;
  /** Makes the person where there is none of this e-mail; the password is `<name>-demo-password` unless given. */
  putPerson(person: Partial<Person> & { email: string }): Person;
  addKey(key: { readonly email: string } & Partial<SecretKey>): SecretKey;
  keys(of: { readonly email: string }): readonly SecretKey[];
  /** A pair of tokens as if this person had signed in. */
  openSession(of: { readonly email: string }): Session;
  sessions(): readonly Session[];
  /** Ends every token, refresh token or both at once. */
  expire(which: { readonly tokens?: boolean; readonly refreshTokens?: boolean }): void;
  /** Forgets every session: each token and refresh token is unknown from now on. */
  dropSessions(): void;
  /** The next calls are answered with this code, whatever they are. */
  refuse(order: { readonly code: ErrorCode; readonly times?: number }): void;
}

declare module '../stand-in.ts' {
  interface ActionsById {
    readonly primatime: PrimatimeActions;
  }
}

export function createActions(account: Account): PrimatimeActions {
  return {
    configure({ rateLimit, ...change }) {
      Object.assign(account.settings, change);
      Object.assign(account.settings.rateLimit, rateLimit);
      return account.settings;
    },
    putPerson(fields) {
      const known = findPerson(account, fields.email);
      return known ? Object.assign(known, fields) : addPerson(account, fields);
    },
    addKey: ({ email, ...fields }) => addKey(account, personOf(account, email), fields),
    keys: ({ email }) => {
      const { id } = personOf(account, email);
      return [...account.keys.values()].filter((key) => key.personId === id);
    },
    openSession: ({ email }) => openSession(account, personOf(account, email).id, null),
    sessions: () => [...account.sessions.values()],
    expire({ tokens, refreshTokens }) {
      const nowMs = account.clock.nowMs();
      for (const session of account.sessions.values()) {
        if (tokens) session.tokenEndsMs = Math.min(session.tokenEndsMs, nowMs);
        if (refreshTokens) session.refreshEndsMs = Math.min(session.refreshEndsMs, nowMs);
      }
    },
    dropSessions: () => account.sessions.clear(),
    refuse({ code, times = 1 }) {
      if (!errorCodes.includes(code)) throw new Error(`There is no error ${code}.`);
      account.ordered.push({ code, left: times });
    },
  };
}

function personOf(account: Account, email: string): Person {
  const person = findPerson(account, email);
  if (!person) throw new Error(`Nobody here has the e-mail ${email}.`);
  return person;
}
