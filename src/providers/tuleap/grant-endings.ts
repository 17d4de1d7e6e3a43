/**
 * An access by OAuth2: either token of it ends it whole. The server says yes to any string (RFC 7009), and to a token of
 * another application does nothing, so only the token itself tells.
 */
import type { Reply } from '../../http/call.ts';
import type { Ending, Means, Reading, StepContext, Thing } from '../ending.ts';
import type { Guide } from '../guide.ts';
import { isFound, mayTry, sessionsOf } from '../thing-in-hand.ts';
import { readError } from './errors.ts';
import { accepted, codeOf, statusOf, stepOf } from './reading.ts';
import { readOAuthReply } from './replies.ts';
import { readOwner } from './who.ts';

export const GRANT = 'oauth2-grant';

const bearer = ({ secrets }: StepContext) => ({ bearer: secrets['accessToken'] ?? '' });

/** Alive where it only lacks the scope; over where it expired says nothing of the access behind it. */
function stateOf(reply: Reply): 'live' | 'revoked' | 'expired' | null {
  const { phase, status } = reply.envelope;
  if (phase !== 'answered') return null;
  if (readOwner(reply).ok) return 'live';
  const { error, text = '' } = readError(reply);
  if (status === 403 && error === 'insufficient_scope') return 'live';
  if (status !== 401 || error !== 'invalid_token') return null;
  return /expired/i.test(text) ? 'expired' : 'revoked';
}

const keepOwner = stepOf<'evidence'>({
  ...{
    kind: 'call',
    id: 'evidence',
    stage: 'evidence',
    label: 'Keep the evidence',
    operation: 'userinfo',
    as: 'thing',
  },
  sends: 'GET …/oauth2/userinfo, with the access token',
  skip: ({ secrets }) => (secrets['accessToken'] === undefined ? 'There is no access token to ask with.' : null),
  params: bearer,
  read(reply) {
    const state = stateOf(reply);
    const owner = readOwner(reply);
    const facts = owner.ok ? [{ label: 'Access of', value: owner.value.identity.name }] : [];
    if (state === 'live')
      return {
        says: 'there',
        words: `${statusOf(reply)}, Tuleap takes the access token`,
        evidence: { row: null, facts },
      };
    return state === null
      ? null
      : { says: 'unknown', words: '401, the access token is over; the refresh token may not be' };
  },
});

const revokeGrant = stepOf<'end'>({
  ...{ kind: 'call', id: 'revoke', stage: 'end', label: 'Revoke the access', operation: 'revoke', as: 'thing' },
  sends: 'POST …/oauth2/token/revoke, as the client of this connection',
  params: ({ secrets }) => ({ token: secrets['refreshToken'] ?? secrets['accessToken'] ?? '' }),
  read: (reply) => accepted(reply, 'which Tuleap answers to any string'),
});

const probeAccess = stepOf<'probe'>({
  ...{ kind: 'call', id: 'probe', stage: 'probe', label: 'Try the access token', operation: 'userinfo', as: 'thing' },
  sends: 'GET …/oauth2/userinfo, with the access token',
  params: bearer,
  read(reply, { secrets, thing }) {
    switch (stateOf(reply)) {
      case 'live':
        return { says: 'live', words: `${statusOf(reply)}, Tuleap still takes the access token` };
      case 'revoked':
        return { says: 'dead', words: '401, the access token was refused' };
      case 'expired': {
        const mayRefresh = secrets['refreshToken'] !== undefined && thing.session !== null;
        const words = '401, the access token had expired by itself, which proves nothing of the access';
        return { says: 'unknown', words, ...(mayRefresh && { then: 'probe-refresh' }) };
      }
      case null:
        return null;
    }
  },
});

/** A session of ours alone: to another application's refresh token the server answers the same, dead or alive. */
const probeRefresh = stepOf<'probe'>({
  ...{
    kind: 'call',
    id: 'probe-refresh',
    stage: 'probe',
    label: 'Try the refresh token',
    operation: 'refresh',
    as: 'thing',
  },
  asked: true,
  sends: 'POST …/oauth2/token, with the refresh token, which must fail',
  costs: 'If it still works, it is used up, and what comes back is revoked at once.',
  params: ({ secrets }) => ({ refresh_token: secrets['refreshToken'] ?? '' }),
  read(reply): Reading<'probe'> | null {
    if (codeOf(reply, 'refresh') === 'refresh-token-dead')
      return { says: 'dead', words: '400 invalid_grant, the refresh token was refused' };
    const pair = accepted(reply, '') ? readOAuthReply(reply.json) : undefined;
    if (!pair) return null;
    return {
      says: 'live',
      words: '200, the refresh token still works',
      carry: { leftOver: pair.refresh_token ?? pair.access_token },
    };
  },
});

const revokeLeftOver = stepOf<'close'>({
  ...{
    kind: 'call',
    id: 'left-over',
    stage: 'close',
    label: 'Revoke what came back',
    operation: 'revoke',
    as: 'thing',
  },
  sends: 'POST …/oauth2/token/revoke',
  skip: ({ secrets }) => (secrets['leftOver'] === undefined ? 'Nothing came back.' : null),
  params: ({ secrets }) => ({ token: secrets['leftOver'] ?? '' }),
  read: (reply) => (accepted(reply, '') ? { says: 'accepted', words: statusOf(reply) } : null),
});

export function grantEndings(thing: Thing, means: Means): readonly Ending[] {
  if (!mayTry(thing, means)) return [];
  const hasAccess = thing.facts['carries'] !== 'refreshToken';
  return [
    {
      ...{ id: 'revoke', label: 'Revoke the whole access', goal: 'dead' },
      dies: ['Every access and refresh token of this access.'],
      survives: [{ words: 'The consent that Tuleap remembers; it opens nothing by itself', untilMs: 'never' }],
      endsSessions: sessionsOf(thing),
      ...(isFound(thing, means) && {
        consent: `The found token is shown to Tuleap, ${hasAccess ? 'to see whose it is, to be revoked, and to be tried' : 'to be revoked'}. Revoking works for tokens of this console’s own application alone.`,
      }),
      steps: hasAccess ? [keepOwner, revokeGrant, probeAccess, probeRefresh, revokeLeftOver] : [revokeGrant],
      ...(!hasAccess && {
        unprovable:
          'Tuleap answers alike to a dead refresh token and to a living one of another application, so trying it proves nothing.',
      }),
    },
  ];
}

export function checkGrant(thing: Thing, means: Means): Ending | null {
  if (!mayTry(thing, means) || thing.facts['carries'] === 'refreshToken') return null;
  return {
    ...{ id: 'check', label: 'Check', goal: 'dead', dies: [], survives: [], endsSessions: [], steps: [probeAccess] },
    ...(isFound(thing, means) && { consent: 'The found token is tried on itself: it asks Tuleap whose it is, once.' }),
  };
}

export const grantRoutes = ({ baseUrl }: { readonly baseUrl: string }): readonly Guide[] => [
  {
    title: 'Its owner revokes the application',
    steps: [
      'Open the page below, signed in as the owner of the access.',
      'Choose “Revoke” beside the application. That forgets the consent as well.',
    ],
    page: { label: 'Authorized applications', href: `${baseUrl}/plugins/oauth2_server/account/apps` },
  },
];
