/** The deprecated tokens: one by itself, or all of an account at once. None of them is listed anywhere. */
import type { Reply } from '../../http/call.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Ending, Means, Reading, StepContext, Thing } from '../ending.ts';
import type { Guide } from '../guide.ts';
import { isFound, mayTry, sessionsOf } from '../thing-in-hand.ts';
import { keyWays } from './key-rows.ts';
import { accepted, codeOf, statusOf, stepOf } from './reading.ts';
import { signInWithPassword } from './sign-in-password.ts';
import { readWho } from './who.ts';

export const TOKEN = 'rest-token';
export const ALL_TOKENS = 'all-rest-tokens';

/** The number of its user travels beside it: from the session it belongs to, or of whoever ends it. */
const pairInHand = ({ secrets, thing }: StepContext) => ({
  token: secrets['token'] ?? '',
  userId: thing.facts['userId'] ?? '',
});

function readPair(reply: Reply): Reading<'probe'> | null {
  if (readWho(reply, 'self').ok) return { says: 'live', words: `${statusOf(reply)}, Tuleap still takes the token` };
  if (codeOf(reply, 'self') === 'credential-over') return { says: 'dead', words: '401, the token itself was refused' };
  return null;
}

export const probePair = stepOf<'probe'>({
  ...{ kind: 'call', id: 'probe', stage: 'probe', label: 'Try the token itself', operation: 'self', as: 'thing' },
  sends: 'GET …/api/users/self, with the token itself',
  params: pairInHand,
  read: readPair,
});

const keepOwner = stepOf<'evidence'>({
  ...{ kind: 'call', id: 'evidence', stage: 'evidence', label: 'Keep the evidence', operation: 'self', as: 'thing' },
  sends: 'GET …/api/users/self, with the token itself',
  params: pairInHand,
  read(reply, { serverMs }) {
    const who = readWho(reply, 'self');
    if (who.ok) {
      const seen = { label: 'Taken as', value: `${who.value.identity.name}, at ${formatClockTime(serverMs)}` };
      return {
        says: 'there',
        words: `${statusOf(reply)}, it is a token of ${who.value.identity.name}`,
        evidence: { row: null, facts: [seen] },
      };
    }
    return codeOf(reply, 'self') === 'credential-over' ? { says: 'gone', words: '401, Tuleap does not take it' } : null;
  },
});

const NOT_KNOWN = { says: 'refused', words: '400, Tuleap does not know it as a token of this account' } as const;

export const deletePair = stepOf<'end'>({
  ...{ kind: 'call', id: 'delete', stage: 'end', label: 'Delete the token', operation: 'deleteToken', as: 'thing' },
  sends: 'DELETE …/api/tokens/{the token}, with the token itself',
  params: (context) => ({ ...pairInHand(context), tokenToEnd: context.secrets['token'] ?? '' }),
  read(reply) {
    const code = codeOf(reply, 'deleteToken');
    if (code === 'credential-over') return { says: 'refused', words: '401, the token was refused' };
    return code === 'token-not-known' ? NOT_KNOWN : accepted(reply, 'which proves nothing');
  },
});

const survives = [
  { words: 'Access keys of the same account, and its OAuth2 accesses', untilMs: 'not-reported' },
] as const;
const unlisted = {
  words: 'Possibly tokens that are not known here: Tuleap lists them nowhere, so nothing can prove that they ended',
  untilMs: 'not-reported',
} as const;

export function tokenEndings(thing: Thing, means: Means): readonly Ending[] {
  if (!mayTry(thing, means) || thing.facts['userId'] === undefined) return [];
  return [
    {
      ...{ id: 'delete', label: 'Delete the token', goal: 'dead', dies: ['This token alone.'], survives },
      ...(isFound(thing, means) && {
        consent: 'The found token is used on itself: to see whose it is, and to delete it.',
      }),
      endsSessions: sessionsOf(thing),
      steps: [keepOwner, deletePair, probePair],
    },
  ];
}

/**
 * Every one that this console knows is looked at before and tried after: only one that lived until then tells what the call
 * did. Of the others nobody can tell, because there is no list.
 */
export function allTokensEndings(thing: Thing, means: Means): readonly Ending[] {
  const { session } = means;
  if (!session || !keyWays.some((way) => way === session.way)) return [];
  const known = thing.minted;
  const deleteAll = stepOf<'end'>({
    ...{
      kind: 'call',
      id: 'delete',
      stage: 'end',
      label: 'End all tokens',
      operation: 'deleteAllTokens',
      as: 'session',
    },
    sends: 'DELETE …/api/tokens',
    params: () => ({}),
    read: (reply) => accepted(reply, 'which proves nothing'),
  });
  return [
    {
      ...{ id: 'delete-all', label: `End all tokens of ${session.identity.name}`, goal: 'dead' },
      dies: ['Every deprecated token of this account, those of other tools and scripts included.'],
      survives: [unlisted, ...survives],
      endsSessions: known,
      steps: [...known.map(lookAtKnown), deleteAll, ...known.map(tryKnown)],
      ...(known.length === 0 && { unprovable: 'Tuleap lists these tokens nowhere, and none of them is here to try.' }),
    },
  ];
}

const ofKnown = (session: string) =>
  ({
    kind: 'call',
    operation: 'self',
    as: 'session',
    session,
    sends: 'GET …/api/users/self, with that token',
    params: () => ({}),
  }) as const;

const lookOf = (index: number): string => `look-${String(index + 1)}`;

const lookAtKnown = (session: string, index: number) =>
  stepOf<'evidence'>({
    ...{ ...ofKnown(session), id: lookOf(index), stage: 'evidence' },
    label: 'Look whether a token that is known here lives',
    read(reply, { thing: { minted } }) {
      const tried = readPair(reply);
      if (!tried) return null;
      if (tried.says === 'dead') return { says: 'dead', words: '401, the token itself was refused already' };
      const known = {
        label: 'Known here',
        value: minted.length === 1 ? 'one token' : `${String(minted.length)} tokens`,
      };
      return { says: 'there', words: tried.words, evidence: { row: null, facts: [known] } };
    },
  });

const tryKnown = (session: string, index: number) =>
  stepOf<'probe'>({
    ...{ ...ofKnown(session), id: `probe-${String(index + 1)}`, stage: 'probe', seenBy: lookOf(index) },
    label: 'Try a token that is known here',
    read(reply) {
      const reading = readPair(reply);
      return reading?.says === 'dead' ? { ...reading, qualifier: 'of those known here' } : reading;
    },
  });

export const tokenRoutes = ({ baseUrl }: { readonly baseUrl: string }): readonly Guide[] => [
  {
    title: 'Its owner ends all of them',
    steps: [
      `Sign in here as the owner, with an access key or by ${signInWithPassword.label.toLowerCase()}.`,
      'Choose “End all tokens”. Without that, Tuleap removes a token some time after 24 hours.',
    ],
    page: { label: 'Keys and tokens', href: `${baseUrl}/account/keys-tokens` },
  },
];
