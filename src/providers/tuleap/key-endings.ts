/** Access keys: the owner deletes one by its number; whoever holds one with the scope REST can delete it with itself. */
import type { Connection } from '../../http/envelope.ts';
import type { Ending, Means, Reading, Step, StepContext, Survivor, Thing } from '../ending.ts';
import type { Guide } from '../guide.ts';
import { sessionsOf } from '../thing-in-hand.ts';
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

export const readAgain = (id: string) =>
  stepOf<'again'>({
    ...{ kind: 'call', id: 'again', stage: 'again', label: 'Read again', operation: 'readKey', as: 'session' },
    sends: `GET …/api/access_keys/${id}`,
    params: numberOf,
    read(reply) {
      if (readRow(reply)) return { says: 'there', words: `${statusOf(reply)}, the row is still there` };
      return codeOf(reply, 'readKey') === 'key-not-among-yours'
        ? { says: 'gone', words: '404, the row is gone' }
        : null;
    },
  });

/** The one answer to a dead key: whether it never had the scope REST shows only in its row. */
function readOwn(reply: Parameters<typeof readRow>[0], { evidence }: StepContext): Reading<'probe'> | null {
  if (readRow(reply)) return { says: 'live', words: `${statusOf(reply)}, Tuleap still takes the key` };
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
  costs: 'This rewrites when and from where it was last used, so the evidence shows this console.',
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
  const head = { goal: 'dead', survives: survivesKey } as const;
  const dies = ['Whatever uses this key: REST, and where its scopes say so Git, SVN and WebDAV.'];
  const endsSessions = sessionsOf(thing);
  const { session } = means;
  const asOwner: Ending[] =
    session && thing.id !== null && keyWays.some((way) => way === session.way)
      ? [
          {
            ...head,
            id: 'as-owner',
            label: `Delete it, as ${session.identity.name}`,
            dies,
            endsSessions,
            steps: stepsAsOwner(thing.id, means),
          },
        ]
      : [];
  const byItself: Ending[] =
    means.secret && means.selfUse && !means.own
      ? [
          {
            ...head,
            ...{ id: 'by-itself', label: 'Have the key delete itself', dies, endsSessions },
            reason: 'For a key of somebody else. It must have the scope REST.',
            consent:
              'The found key is used on itself: to read its own row, and to delete it. At Tuleap this stands as a use of the key, from here.',
            steps: [keepOwnRow, deleteWithItself, probeKey],
          },
        ]
      : [];
  return [...asOwner, ...byItself];
}

const stepsAsOwner = (id: string, { own, secret }: Pick<Means, 'own' | 'secret'>): readonly Step[] => [
  keepRow(id),
  deleteAsOwner(id),
  // Nothing can be asked with a key that is gone, but the key itself.
  ...(own ? [] : [readAgain(id)]),
  ...(secret ? [probeKey] : []),
];

export function checkKey(thing: Thing, means: Means): Ending | null {
  const { session } = means;
  const asOwner = session !== null && keyWays.some((way) => way === session.way);
  if (!means.secret) return null;
  return {
    ...{ id: 'check', label: 'Check', goal: 'dead', dies: [], survives: [], endsSessions: [] },
    steps: [...(asOwner && thing.id !== null ? [{ ...keepRow(thing.id), id: 'row' }] : []), probeKey],
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
