/** A user's sessions at the server: one's own by the account API, anybody's by the admin API. docs/vendors/ocp.md. */
import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { Params } from '../../http/operation.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { Reader } from '../reply-fields.ts';
import type { Ask, Claim, Page, Person, ServerSessionsFace } from '../server-sessions-face.ts';
import { isAddressedTo, payloadOf, readClaims } from './claims.ts';
import { explainReply } from './errors.ts';
import type { operations } from './operations.ts';
import { readLock, readNames, readOwnSessions, readPeople, readPerson, readUserSessions } from './session-replies.ts';

type Operation = keyof typeof operations;

/** As many people as are shown at once; one more is asked for, to know whether there are others. */
const PEOPLE_MAX = 20;
/** Until version 26 a session outlived its idle time by so much. */
const GRACE_MS = 120_000;
/** What session ids looked like until version 26.5. */
const OLD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function reading<Subject, Value>(
  operation: Operation,
  params: (subject: Subject) => Params,
  take: Reader<Value>,
): Ask<Subject, Value> {
  const read = (reply: Reply): Result<Value, Failure> => {
    const taken = isAccepted(reply) ? take(reply.json) : undefined;
    return taken === undefined ? fail(explainReply(reply, operation)) : succeed(taken);
  };
  return { operation, params, read };
}

/** A 2xx says that the call was taken, and nothing of its effect. */
const changing = <Subject>(operation: Operation, params: (subject: Subject) => Params): Ask<Subject, null> => ({
  operation,
  params,
  read: (reply) => (isAccepted(reply) ? succeed(null) : fail(explainReply(reply, operation))),
});

const ofPerson = ({ person }: { readonly person: string }): Params => ({ user: person });
const ofSession = ({ session }: { readonly session: string }): Params => ({ session });

const page: Reader<Page<Person>> = (json) => {
  const people = readPeople(json);
  return people && { entries: people.slice(0, PEOPLE_MAX), more: people.length > PEOPLE_MAX };
};

/** A realm may let people share an e-mail. */
const exactly = (field: 'username' | 'email'): Ask<string, Page<Person>> =>
  reading('findUsers', (text) => ({ [field]: text, exact: 'true', max: String(PEOPLE_MAX + 1) }), page);

const byId: Ask<string, Page<Person>> = reading(
  'readUser',
  (text) => ({ user: text }),
  (json) => {
    const person = readPerson(json);
    return person && { entries: [person], more: false };
  },
);

/** Of `search`, each word is looked for by itself, and an asterisk stands for anything: it may stand within a name. */
const alike = (text: string): string =>
  text
    .split(/\s+/)
    .map((word) => `*${word}*`)
    .join(' ');

export const serverSessions: ServerSessionsFace = {
  own: {
    list: reading('accountSessions', () => ({}), readOwnSessions),
    end: changing('endOwnSession', ofSession),
  },
  others: {
    mayFind: reading(
      'findUsers',
      () => ({ max: '1' }),
      (json) => readPeople(json) && null,
    ),
    findExact: [
      { fits: () => true, ask: exactly('username') },
      { fits: (text) => text.includes('@'), ask: exactly('email') },
      { fits: (text) => OLD_ID.test(text), ask: byId },
    ],
    findAlike: reading(
      'findUsers',
      ({ text, first }: { readonly text: string; readonly first: number }) => ({
        search: alike(text),
        first: String(first),
        max: String(PEOPLE_MAX + 1),
      }),
      page,
    ),
    list: reading('userSessions', ofPerson, readUserSessions),
    end: changing('endSession', ofSession),
    endAll: changing('endAllSessions', ofPerson),
    endAllAlso:
      'Every token that was issued to this person before is refused by the server from then on. One that was copied out still passes where only its signature is checked, until it expires.',
    lockState: reading('lockState', ofPerson, readLock),
    unlock: changing('unlock', ofPerson),
  },
  personOf: ({ accessToken }) => readClaims(accessToken).sub,
  namesOf: ({ accessToken }) => readNames(payloadOf(accessToken)),
  claims({ accessToken }) {
    const { realm_access: ofRealm, resource_access: ofClients } = readClaims(accessToken);
    // A client with trimmed scopes writes no roles into its tokens, which says nothing about the user.
    if (!ofRealm && !ofClients) return { own: 'unknown', view: 'unknown', change: 'unknown' };
    const admin = ofClients?.['master-realm'] ?? ofClients?.['realm-management'];
    const held = [...(ofRealm?.roles ?? []), ...(admin?.roles ?? [])];
    const has = (...roles: readonly string[]): Claim => (roles.some((role) => held.includes(role)) ? 'yes' : 'no');
    const ofAccount = isAddressedTo(accessToken, 'account') ? (ofClients?.account?.roles ?? []) : [];
    return {
      own: ofAccount.includes('view-profile') || ofAccount.includes('manage-account') ? 'yes' : 'no',
      view: has('admin', 'view-users', 'manage-users', 'realm-admin'),
      change: has('admin', 'manage-users', 'realm-admin'),
    };
  },
  idleGraceMs: ({ id }) => (OLD_ID.test(id) ? GRACE_MS : 0),
  ownPage: (baseUrl, { realm }) => `${baseUrl}/realms/${encodeURIComponent(realm || 'master')}/account/`,
};
