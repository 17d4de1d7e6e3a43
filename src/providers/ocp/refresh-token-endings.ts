/** A refresh token: its session is logged out, then one refresh must fail. docs/vendors/ocp.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, Means, Reading, Survivor, Thing } from '../ending.ts';
import { endOf, mayUseItself, sessionsOf } from '../thing-in-hand.ts';
import { explainReply } from './errors.ts';
import { at, look, lookAgain, refusalOf, statusOf, tokenOf } from './key-steps.ts';
import { logOut } from './log-out.ts';
import { readTokens } from './tokens.ts';

const NEWER = 'newerToken';
const LOG_OUT_NEWER = 'log-out-newer';

/** Refusals of a refresh after which the token opens nothing any more, whoever holds it. */
const DEAD = [
  ...['refresh-token-over', 'session-over', 'session-detached', 'client-session-over'],
  ...['refresh-token-reused', 'refresh-token-stale'],
];
/** It may be alive at another server, or for another client. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'refresh-token-invalid': 'the server does not know it as one of its own: it may be of another one',
  'issuer-changed': 'it was made under another address of the server',
  'client-changed': 'it was made for another client',
};

export function endingsOfRefreshToken(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  if (!mayUseItself(means)) return [];
  const seen = means.session !== null && !means.own && thing.facts['sid'] !== undefined;
  return [
    {
      id: 'log-out',
      label: 'Log out the session that it belongs to',
      reason: 'Whoever holds the token may do this. It works also where the token has expired meanwhile.',
      goal: 'dead',
      ...(!means.own && {
        consent:
          'Logs out with the refresh token that was found, then tries one refresh with it. Should that succeed, what comes back is logged out at once.',
      }),
      dies: ['The whole session: every client that was opened with it, and every refresh token of it.'],
      survives: [survivorOf(thing)],
      endsSessions: sessionsOf(thing),
      steps: [
        ...(seen ? [look('owner', connection, 'unknown')] : []),
        end(connection),
        ...(seen ? [lookAgain('owner', connection)] : []),
        tryRefresh(connection),
        logOutNewer(connection),
      ],
    },
  ];
}

export function checkOfRefreshToken(thing: Thing, means: Means, connection: Connection): Ending | null {
  // Trying it is a refresh: it would prolong the session, and use the token up where the server rotates.
  if (!means.secret || means.session === null || means.own || thing.facts['sid'] === undefined) return null;
  return {
    id: 'check',
    label: 'Look for its session',
    reason: 'To try the token is to refresh with it, which prolongs the session: so its session is looked for instead.',
    goal: 'dead',
    dies: [],
    survives: [],
    endsSessions: [],
    steps: [look('owner', connection, 'unknown'), lookAgain('owner', connection)],
  };
}

const survivorOf = (thing: Thing): Survivor => ({
  words: 'An access token of that session, where only its signature is checked: until it expires, mostly five minutes.',
  untilMs: endOf(thing, 'accessEndsMs'),
});

const end = (connection: Connection): CallStep<'end'> => ({
  id: 'end',
  label: 'Log out',
  kind: 'call',
  stage: 'end',
  sends: `POST ${at(connection, '/protocol/openid-connect/logout')}`,
  operation: 'logOut',
  as: 'thing',
  params: (context) => ({ refresh_token: tokenOf(context) }),
  read(reply) {
    if (logOut.read(reply).ok) return { says: 'accepted', words: `${statusOf(reply)}, accepted` };
    const { status, phase } = reply.envelope;
    return phase === 'answered' && status === 400 ? { says: 'refused', words: refusalOf(reply) } : null;
  },
});

/** Exactly one: each refresh that succeeds prolongs what should be dead. */
const tryRefresh = (connection: Connection): CallStep<'probe'> => ({
  id: 'probe',
  label: 'Try one refresh',
  kind: 'call',
  stage: 'probe',
  sends: `POST ${at(connection, '/protocol/openid-connect/token')}`,
  costs: 'Should it succeed, it prolongs the session; what comes back is logged out at once.',
  operation: 'refresh',
  as: 'thing',
  params: (context) => ({ refresh_token: tokenOf(context) }),
  read: readRefresh,
});

function readRefresh(reply: Reply): Reading<'probe'> | null {
  const tokens = readTokens(reply, 'refresh');
  if (tokens.ok) {
    const { refreshToken } = tokens.value;
    return {
      says: 'live',
      words: `${statusOf(reply)}, it still refreshes`,
      ...(refreshToken !== undefined && { carry: { [NEWER]: refreshToken }, then: LOG_OUT_NEWER }),
    };
  }
  const { code } = explainReply(reply, 'refresh');
  if (DEAD.includes(code)) return { says: 'dead', words: refusalOf(reply) };
  if (code === 'user-disabled') {
    return { says: 'dead', words: refusalOf(reply), qualifier: 'while the account is disabled' };
  }
  const elsewhere = ELSEWHERE[code];
  return elsewhere === undefined ? null : { says: 'unknown', words: `${refusalOf(reply)}, ${elsewhere}` };
}

/** What came back is as good as what was found, so it does not stay. It proves nothing either way. */
const logOutNewer = (connection: Connection): CallStep<'close'> => ({
  id: LOG_OUT_NEWER,
  label: 'Log out what came back',
  asked: true,
  kind: 'call',
  stage: 'close',
  sends: `POST ${at(connection, '/protocol/openid-connect/logout')}`,
  operation: 'logOut',
  as: 'thing',
  params: ({ secrets }) => ({ refresh_token: secrets[NEWER] ?? '' }),
  read: (reply) =>
    logOut.read(reply).ok
      ? { says: 'accepted', words: `${statusOf(reply)}, accepted, which proves nothing` }
      : { says: 'unknown', words: `${refusalOf(reply)}, what came back may live` },
});
