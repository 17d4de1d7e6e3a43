/** Access keys: the owner deletes one by its number; whoever holds one with the scope REST can delete it with itself. */
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, Means, Reading, StepContext, Survivor, Thing } from '../ending.ts';
import type { Guide } from '../guide.ts';
import { isFound, mayTry, sessionsOf, withTrial } from '../thing-in-hand.ts';
import { keyWays, REST_SCOPE } from './key-rows.ts';
import { codeOf, evidenceOf, keyInHand, accepted, readRow, statusOf, stepOf } from './reading.ts';

const numberOf = ({ thing }: StepContext) => ({ number: thing.id ?? '' });

/** Asked as its owner: rewrites nothing of the key. */
export const keepRow = (id: string) =>
  stepOf<'evidence'>({
    ...{
      kind: 'call',
      id: 'evidence',
      stage: 'evidence',
      label: 'Keep the evidence',
      operation: 'readKey',
      as: 'session',
    },
    sends: `GET …/api/access_keys/${id}`,
    params: numberOf,
    read(reply) {
      const row = readRow(reply);
      if (row) return { says: 'there', words: `${statusOf(reply)}, the row was kept`, evidence: evidenceOf(row) };
      if (codeOf(reply, 'readKey') !== 'key-not-among-yours') return null;
      return { says: 'gone', words: '404, this account has no such key: deleted, expired, or somebody else’s' };
    },
  });

export const deleteAsOwner = (id: string) =>
  stepOf<'end'>({
    ...{ kind: 'call', id: 'delete', stage: 'end', label: 'Delete', operation: 'deleteKey', as: 'session' },
    sends: `DELETE …/api/access_keys/${id}`,
    params: numberOf,
    read: (reply) => accepted(reply, 'which proves nothing'),
  });

/** `rests`: on what a verdict rests where the key itself is not tried. */
export const readAgain = (id: string, rests?: string) =>
  stepOf<'again'>({
    ...{ kind: 'call', id: 'again', stage: 'again', label: 'Read again', operation: 'readKey', as: 'session' },
    sends: `GET …/api/access_keys/${id}`,
    params: numberOf,
    read(reply) {
      if (readRow(reply)) return { says: 'there', words: `${statusOf(reply)}, the row is still there` };
      return codeOf(reply, 'readKey') === 'key-not-among-yours'
        ? { says: 'gone', words: '404, the row is gone', ...(rests !== undefined && { qualifier: rests }) }
        : null;
    },
  });

/** The one answer to a dead key: whether it never had the scope REST shows only in its row. */
function readOwn(reply: Parameters<typeof readRow>[0], { evidence }: StepContext): Reading<'probe'> | null {
  const row = readRow(reply);
  if (row) {
    const words = `${statusOf(reply)}, Tuleap still takes the key`;
    if (evidence) return { says: 'live', words };
    const lost = 'no list had it before, so its last use is now this console’s own';
    return { says: 'live', words: `${words}; ${lost}`, evidence: evidenceOf(row) };
  }
  const code = codeOf(reply, 'ownKey');
  if (code !== 'key-refused' && code !== 'key-malformed') {
    return code === 'account-barred'
      ? { says: 'dead', words: '403, its account is not let in', qualifier: 'while the account is barred' }
      : null;
  }
  const hadRest = evidence?.row && evidence.row.scopes !== 'not-reported' && evidence.row.scopes.includes(REST_SCOPE);
  return { says: 'dead', words: '401, the key itself was refused', ...(!hadRest && { qualifier: 'over REST' }) };
}

export const probeKey = stepOf<'probe'>({
  ...{ kind: 'call', id: 'probe', stage: 'probe', label: 'Try the key itself', operation: 'ownKey', as: 'thing' },
  sends: 'GET …/api/access_keys/self, with the key itself',
  costs: 'If it still works, this rewrites when and from where it was last used.',
  skip({ evidence }) {
    const scopes = evidence?.row?.scopes ?? 'not-reported';
    const never = scopes !== 'not-reported' && !scopes.includes(REST_SCOPE);
    return never ? 'It never had the scope REST, so a refusal would say nothing.' : null;
  },
  params: keyInHand,
  read: readOwn,
});

const keepOwnRow = stepOf<'evidence'>({
  ...{
    kind: 'call',
    id: 'evidence',
    stage: 'evidence',
    label: 'Ask the key about itself',
    operation: 'ownKey',
    as: 'thing',
  },
  sends: 'GET …/api/access_keys/self, with the key itself',
  costs: 'This rewrites when and from where it was last used, so this tells nothing of what its last use was before.',
  params: keyInHand,
  read(reply) {
    const row = readRow(reply);
    // Its number is taken from the server and not from the string, whose first half nobody has checked.
    if (row)
      return {
        says: 'there',
        words: `${statusOf(reply)}, the key told its row`,
        evidence: evidenceOf(row),
        facts: { number: row.id },
      };
    const code = codeOf(reply, 'ownKey');
    if (code !== 'key-refused' && code !== 'key-malformed') return null;
    return { says: 'gone', words: '401, Tuleap does not take the key over REST' };
  },
});

const deleteWithItself = stepOf<'end'>({
  ...{ kind: 'call', id: 'delete', stage: 'end', label: 'Delete it with itself', operation: 'deleteKey', as: 'thing' },
  sends: 'DELETE …/api/access_keys/{its number}, with the key itself',
  params: (context) => ({ ...keyInHand(context), number: context.thing.facts['number'] ?? context.thing.id ?? '' }),
  read(reply) {
    const done = accepted(reply, 'which proves nothing');
    if (done) return done;
    return codeOf(reply, 'deleteKey') === 'credential-over'
      ? { says: 'refused', words: '401, the key was refused' }
      : null;
  },
});

export const survivesKey: readonly Survivor[] = [
  { words: 'Deprecated tokens and OAuth2 accesses of the same account', untilMs: 'not-reported' },
];

export function keyEndings(thing: Thing, means: Means): readonly Ending[] {
  const byItself: Ending[] =
    means.secret && means.selfUse && !means.own
      ? [
          {
            ...headOf(thing),
            ...{ id: 'by-itself', label: 'Have the key delete itself' },
            reason: 'For a key of somebody else. It must have the scope REST.',
            consent: `The found key is used on itself: to read its own row, and to delete it. ${NOT_KEPT}`,
            steps: [...lookFirst(thing, means), keepOwnRow, deleteWithItself, probeKey],
          },
        ]
      : [];
  const [first, ...others] = asOwner(thing, means);
  return [...(first ? [first] : []), ...byItself, ...others];
}

const NOT_KEPT =
  'At Tuleap this stands as a use of the key, from here. Where no session at hand lists the key, its last use before that cannot be kept.';

/** What a session at hand can tell of it before the key is used; that it tells nothing changes nothing. */
function lookFirst({ id }: Thing, { session }: Means): readonly CallStep<'evidence'>[] {
  if (id === null || !keyWays.some((way) => way === session?.way)) return [];
  const row = keepRow(id);
  return [
    {
      ...row,
      id: 'row',
      read(reply, context) {
        const reading = row.read(reply, context);
        return reading?.says === 'gone' ? { ...reading, says: 'unknown' } : reading;
      },
    },
  ];
}

const headOf = (thing: Thing) =>
  ({
    goal: 'dead',
    survives: survivesKey,
    dies: ['Whatever uses this key: REST, and where its scopes say so Git, SVN and WebDAV.'],
    endsSessions: sessionsOf(thing),
  }) as const;

function asOwner(thing: Thing, means: Means): readonly Ending[] {
  const { session, own } = means;
  const { id } = thing;
  if (!session || id === null || !keyWays.some((way) => way === session.way)) return [];
  const { name } = session.identity;
  const again = readAgain(id, isFound(thing, means) ? 'by its row alone' : undefined);
  const untried: Ending = {
    ...headOf(thing),
    ...{ id: 'as-owner', label: `Delete it, as ${name}` },
    // Nothing can be asked with a key that is gone, but the key itself.
    steps: [keepRow(id), deleteAsOwner(id), ...(own ? [] : [again])],
  };
  const consent = `The found key is tried on itself, once it was deleted. Where it is not a key of ${name}, nothing is deleted. ${NOT_KEPT}`;
  return withTrial(thing, means, untried, { steps: [probeKey], consent });
}

/** All that the owner's list tells of it; what was found is not sent. */
const lookAtRow = (id: string) =>
  stepOf<'again'>({
    ...readAgain(id),
    label: 'Read its row',
    read(reply) {
      const row = readRow(reply);
      if (row) {
        const words = `${statusOf(reply)}, the row stands in the list; what was found was not tried`;
        return { says: 'there', words, evidence: evidenceOf(row) };
      }
      if (codeOf(reply, 'readKey') !== 'key-not-among-yours') return null;
      return { says: 'unknown', words: '404, this account has no such key: deleted, expired, or somebody else’s' };
    },
  });

/** Of a key that stands in the list, a refusal tells of the string alone; of one that stands in none, it may be a bad copy. */
const tryString: CallStep<'probe'> = {
  ...probeKey,
  read(reply, context) {
    const reading = readOwn(reply, context);
    if (reading?.says !== 'dead' || codeOf(reply, 'ownKey') === 'account-barred') return reading;
    if (!context.evidence?.row) return { ...reading, qualifier: 'over REST, if what was found is whole' };
    const words = `401, what was found is not, or no longer, the secret of this key; no. ${context.evidence.row.id} itself stands in the list`;
    return { says: 'unknown', words };
  },
};

export function checkKey(thing: Thing, means: Means): Ending | null {
  const { session } = means;
  const { id } = thing;
  const isOwner = session !== null && keyWays.some((way) => way === session.way);
  const head = { id: 'check', label: 'Check', goal: 'dead', dies: [], survives: [], endsSessions: [] } as const;
  if (!mayTry(thing, means)) return means.secret && isOwner && id !== null ? { ...head, steps: [lookAtRow(id)] } : null;
  return {
    ...head,
    ...(isFound(thing, means) && {
      consent: `The found key is tried on itself, once. ${NOT_KEPT}`,
    }),
    steps: [...(isOwner && id !== null ? [{ ...keepRow(id), id: 'row' }] : []), tryString],
  };
}

export const keyRoutes = ({ id }: Thing, { baseUrl }: Connection): readonly Guide[] => [
  {
    title: 'Its owner deletes it',
    steps: [
      'Open the page below, signed in as the owner of the key.',
      `Select key ${id === null ? '' : `no. ${id} `}under “Access keys”.`,
      'Choose “Revoke selected access keys”; Tuleap does not ask again.',
    ],
    page: { label: 'Keys and tokens', href: `${baseUrl}/account/keys-tokens` },
    proof: 'Check the key here afterwards.',
  },
  {
    title: 'An administrator suspends the account',
    steps: [
      'Sign in here as a site administrator, or as somebody with “user management”.',
      'Suspend the account; all its keys and tokens are refused until it is let in again.',
    ],
  },
];
