/** Steps that several endings of OCP's tokens share. docs/vendors/ocp.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Evidence, Reading, StepContext } from '../ending.ts';
import type { KeyRow } from '../key-row.ts';
import type { ServerSession } from '../server-sessions-face.ts';
import { isAccepted } from '../accepted.ts';
import { realmOf } from './connection.ts';
import { explainReply, readError } from './errors.ts';
import { isAddressedTo, isForOthers } from './claims.ts';
import { readOwnSessions, readUserSessions } from './session-replies.ts';

export const sidOf = ({ thing }: StepContext): string => thing.facts['sid'] ?? '';
const subOf = ({ thing }: StepContext): string => thing.facts['sub'] ?? '';
export const tokenOf = ({ secrets }: StepContext): string => secrets['token'] ?? '';

export const at = (connection: Connection, path: string): string =>
  `${connection.baseUrl}/realms/${encodeURIComponent(realmOf(connection))}${path}`;
export const atAdmin = (connection: Connection, path: string): string =>
  `${connection.baseUrl}/admin/realms/${encodeURIComponent(realmOf(connection))}${path}`;

export const statusOf = ({ envelope }: Reply): string => String(envelope.status);

/** "400 invalid_grant", without the server's own sentence. */
export const refusalOf = (reply: Reply): string => {
  const { error = '' } = readError(reply);
  return /^[\w.-]{1,40}$/.test(error) ? `${statusOf(reply)} ${error}` : statusOf(reply);
};

/** Who may list the session: its owner, or an administrator. */
export type Eyes = 'owner' | 'administrator';

const listOf = (eyes: Eyes, reply: Reply): readonly ServerSession[] | undefined => {
  if (!isAccepted(reply)) return undefined;
  return eyes === 'owner' ? readOwnSessions(reply.json) : readUserSessions(reply.json);
};

/** The client, or the user, lacks what the account API asks of its tokens: the next one will be refused like this one. */
export const refusedAnew = ({ by }: StepContext): string =>
  `The account API does not take the token of ${by?.name ?? 'this user'}, not even a new one.`;

const listing = (eyes: Eyes, connection: Connection) =>
  ({
    kind: 'call',
    as: 'session',
    ...(eyes === 'owner'
      ? {
          operation: 'accountSessions',
          sends: `GET ${at(connection, '/account/sessions')}`,
          params: () => ({}),
          refusedAnew,
        }
      : {
          operation: 'userSessions',
          sends: `GET ${atAdmin(connection, '/users/{user}/sessions')}`,
          params: (context: StepContext) => ({ user: subOf(context) }),
        }),
  }) as const;

/** `otherwise`: what it means that these eyes do not see it. */
export const look = (eyes: Eyes, connection: Connection, otherwise: 'gone' | 'unknown'): CallStep<'evidence'> => ({
  ...listing(eyes, connection),
  id: 'evidence',
  label: 'Keep what is known of its session',
  stage: 'evidence',
  skip: ({ by }) =>
    eyes === 'owner' && by && isForOthers(by.accessToken, 'account')
      ? `The token of ${by.name} is not made for the account API, which would refuse it.`
      : null,
  read(reply, context) {
    const sessions = listOf(eyes, reply);
    // Any other refusal tells nothing of the session: the list is asked for again, or a person decides.
    if (!sessions) return eyes === 'owner' ? closed(reply) : null;
    const session = sessions.find(({ id }) => id === sidOf(context));
    if (session)
      return { says: 'there', words: `${statusOf(reply)}, its session is open`, evidence: evidenceOf(session) };
    const whose = eyes === 'owner' ? 'your own sessions do not have it' : 'that person has no such session';
    return { says: otherwise, words: `${statusOf(reply)}, ${whose}` };
  },
});

/** The account API itself says that there is nothing to see for this user, however often it is asked. */
function closed(reply: Reply): Reading<'evidence'> | null {
  const { code, sentence } = explainReply(reply, 'accountSessions');
  const isFinal = code === 'account-not-allowed' || code === 'account-api-missing';
  return isFinal && readError(reply).error !== undefined ? { says: 'unknown', words: sentence } : null;
}

const evidenceOf = (session: ServerSession): Evidence => ({
  row: rowOf(session),
  facts: [
    ...(session.address === undefined ? [] : [{ label: 'Address', value: session.address }]),
    ...(session.browser === undefined ? [] : [{ label: 'Browser', value: session.browser }]),
    { label: 'Clients', value: session.clients.join(', ') },
  ],
});

const rowOf = ({ id, startedAtMs, lastUsedAtMs, address, endsAtMs }: ServerSession): KeyRow => ({
  ...{ kind: 'session', id, name: 'not-reported', scopes: 'not-reported', fingerprint: 'not-reported', trashId: null },
  createdAtMs: startedAtMs ?? 'not-reported',
  expiresAtMs: endsAtMs ?? 'not-reported',
  lastUse: lastUsedAtMs === undefined ? 'not-reported' : { atMs: lastUsedAtMs, from: address ?? 'not-reported' },
  facts: {},
});

export const lookAgain = (eyes: Eyes, connection: Connection): CallStep<'again'> => ({
  ...listing(eyes, connection),
  id: 'again',
  label: 'List the sessions again',
  stage: 'again',
  // Not in a list where it never was proves nothing.
  skip: ({ evidence }) => (evidence?.row ? null : 'No list showed it before, so the list tells nothing now.'),
  read(reply, context): Reading<'again'> | null {
    const sessions = listOf(eyes, reply);
    if (!sessions) return null;
    return sessions.some(({ id }) => id === sidOf(context))
      ? { says: 'there', words: `${statusOf(reply)}, the session is still in the list` }
      : { says: 'gone', words: `${statusOf(reply)}, the session is not in the list` };
  },
});

/** Asks the account API with the token itself. */
export const tryAccessToken = (connection: Connection): CallStep<'probe'> => ({
  id: 'probe',
  label: 'Try the token',
  kind: 'call',
  stage: 'probe',
  sends: `GET ${at(connection, '/account/sessions')}`,
  operation: 'accountSessions',
  as: 'thing',
  params: (context) => ({ token: tokenOf(context) }),
  read(reply, context) {
    if (isAccepted(reply) && readOwnSessions(reply.json)) {
      return { says: 'live', words: `${statusOf(reply)}, the server still accepts it` };
    }
    if (reply.envelope.phase !== 'answered' || reply.envelope.status !== 401) return null;
    if (readError(reply).error === undefined)
      return { says: 'unknown', words: '401, perhaps not from the server itself' };
    return isAddressedTo(tokenOf(context), 'account')
      ? { says: 'dead', words: '401, the server does not accept it', qualifier: 'at the server' }
      : { says: 'unknown', words: '401, as for every token that is not meant for the account pages' };
  },
});
