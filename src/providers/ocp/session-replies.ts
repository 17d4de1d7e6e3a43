/** Replies of the account and the admin API, as far as the console relies on them. */
import { fields, listOf, nonEmpty, number, text, type Reader } from '../reply-fields.ts';
import type { LockState, Person, ServerSession } from '../server-sessions-face.ts';
import { plainText, shownName } from '../../http/redact.ts';

const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const inMs = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1_000);

/** A set of names that a server sends as an object: `{"<uuid>":"<client id>"}`. */
const valuesOf: Reader<readonly string[]> = (value) =>
  typeof value === 'object' && value !== null
    ? Object.values(value).filter((one) => typeof one === 'string')
    : undefined;

const some = <Members extends object>(members: Members): { [Name in keyof Members]?: NonNullable<Members[Name]> } => {
  const told = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(told) as { [Name in keyof Members]?: NonNullable<Members[Name]> }; // what is left has a value
};

const named = (words: string | undefined): string | undefined => (words === undefined ? undefined : shownName(words));
const said = (words: string | undefined): string | undefined => (words === undefined ? undefined : plainText(words));

const ownSessions = listOf(
  fields(
    { id: nonEmpty },
    {
      ipAddress: text,
      started: number,
      lastAccess: number,
      expires: number,
      browser: text,
      clients: listOf(fields({ clientId: nonEmpty }, {})),
      current: flag,
    },
  ),
);

/** Times in seconds. */
export const readOwnSessions: Reader<readonly ServerSession[]> = (json) =>
  ownSessions(json)?.map((one) => ({
    id: one.id,
    clients: (one.clients ?? []).map(({ clientId }) => plainText(clientId)),
    ...some({
      startedAtMs: inMs(one.started),
      lastUsedAtMs: inMs(one.lastAccess),
      endsAtMs: inMs(one.expires),
      address: said(one.ipAddress),
      browser: said(one.browser),
    }),
    ...(one.current === true && { current: true }),
  }));

const userSessions = listOf(
  fields({ id: nonEmpty }, { ipAddress: text, start: number, lastAccess: number, clients: valuesOf }),
);

/** Times in milliseconds, and no browser. */
export const readUserSessions: Reader<readonly ServerSession[]> = (json) =>
  userSessions(json)?.map((one) => ({
    id: one.id,
    clients: (one.clients ?? []).map((client) => plainText(client)),
    ...some({ startedAtMs: one.start, lastUsedAtMs: one.lastAccess, address: said(one.ipAddress) }),
  }));

const user = fields(
  { id: nonEmpty, username: nonEmpty },
  { email: text, firstName: text, lastName: text, enabled: flag },
);

export const readPerson: Reader<Person> = (json) => {
  const one = user(json);
  if (!one) return undefined;
  const fullName = [one.firstName, one.lastName].filter(Boolean).join(' ');
  return {
    id: one.id,
    name: shownName(one.username),
    ...some({ email: named(one.email), fullName: named(fullName), enabled: one.enabled }),
  };
};

const names = fields({}, { preferred_username: nonEmpty, email: nonEmpty });

/** Claims of a token (OpenID Connect Core section 5.1). A client with trimmed scopes writes neither. */
export function readNames(claims: unknown): { readonly name?: string; readonly email?: string } {
  const { preferred_username: name, email } = names(claims) ?? {};
  return some({ name: named(name), email: named(email) });
}

export const readPeople: Reader<readonly Person[]> = listOf(readPerson);

const lock = fields(
  { disabled: flag },
  { numFailures: number, failedLoginNotBefore: number, lastFailure: number, lastIPFailure: text },
);

/** `failedLoginNotBefore` in seconds, `lastFailure` in milliseconds; zero is never. */
export const readLock: Reader<LockState> = (json) => {
  const one = lock(json);
  if (!one) return undefined;
  return {
    locked: one.disabled,
    failures: one.numFailures ?? 0,
    ...some({
      untilMs: inMs(one.failedLoginNotBefore || undefined),
      lastFailureAtMs: one.lastFailure || undefined,
      lastAddress: one.lastIPFailure === 'n/a' ? undefined : said(one.lastIPFailure),
    }),
  };
};
