/** How a secret key is deleted and proven gone: by its owner's session, or with the key itself. docs/vendors/primatime.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Params } from '../../http/operation.ts';
import type { CallStep, Ending, Means, Reading, Stage, StepContext, Thing } from '../ending.ts';
import { mayTry, withTrial } from '../thing-in-hand.ts';
import { readError, saysYes } from './errors.ts';
import { at, PAGE_MAX, readListed, rowOf } from './key-rows.ts';
import { PROBE_COSTS, survivorOfUse, survivorsOfKey, UNLESS_APPLICATION_KEY } from './key-words.ts';
import type { KeyReply } from './replies.ts';
import { readTokens } from './tokens.ts';

const KEYS = '/users/@self/secretkeys';
/** Secrets by name: the key, and the token that was made with it. */
const KEY = 'secretKey';
const OPENED = 'openedToken';

type By = 'session' | 'thing';

export function endingsOfKey(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  const [first, ...others] = means.session && thing.id !== null ? byOwner(thing, means, connection) : [];
  const itself = means.secret && means.selfUse ? [byItself(thing, connection)] : [];
  return [...(first ? [first] : []), ...itself, ...others];
}

function byOwner(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  const isInTrash = typeof thing.row?.trashId === 'string';
  const untried: Ending = {
    id: 'delete',
    label: `Delete it for good, as ${means.session?.identity.name ?? 'its owner'}`,
    reason: 'Deletes it from the database, so that nobody restores it from the trash.',
    goal: 'dead',
    dies: [],
    survives: survivorsOfKey,
    endsSessions: [],
    steps: [
      evidence('session', connection, isInTrash ? 'deletedKeys' : 'keys'),
      end('session', thing, connection),
      ...again('session', connection),
    ],
  };
  const consent = `Signs in to PrimaTime with the key that was found, once it was deleted. ${PROBE_COSTS}`;
  return withTrial(thing, means, untried, { steps: [tryKey(connection, false)], consent });
}

function byItself(thing: Thing, connection: Connection): Ending {
  return {
    id: 'delete-by-itself',
    label: 'Sign in with the key, and have it delete itself',
    reason: 'Works for anybody’s key. The owner’s own session leaves no further token behind.',
    goal: 'dead',
    consent:
      'Signs in to PrimaTime with the key that was found, as the person it belongs to, and deletes it. This makes a token that nothing logs out; it ends within 60 minutes.',
    dies: [],
    survives: [survivorOfUse('not-reported'), ...survivorsOfKey],
    endsSessions: [],
    steps: [
      open(connection),
      evidence('thing', connection, 'keys'),
      end('thing', thing, connection),
      ...again('thing', connection),
      tryKey(connection, true),
    ],
  };
}

/** With the secret a sign-in tells; without it, the lists do. */
export function checkOfKey(thing: Thing, means: Means, connection: Connection): Ending | null {
  const isListed = means.session !== null && thing.id !== null;
  const tries = mayTry(thing, means);
  if (!isListed && !tries) return null;
  return {
    id: 'check',
    label: 'Look and try',
    goal: 'dead',
    ...(tries && {
      consent:
        'Signs in to PrimaTime with the key, once. If it is still good, this makes a token that nothing logs out; Keyward drops it, and it ends within 60 minutes.',
    }),
    dies: [],
    survives: [],
    endsSessions: [],
    steps: [
      ...(isListed ? [evidence('session', connection, 'keys'), ...again('session', connection)] : []),
      ...(tries ? [tryKey(connection, false)] : []),
    ],
  };
}

const page = (by: By, { secrets }: StepContext): Params => ({
  ...(by === 'thing' && { token: secrets[OPENED] ?? '' }),
  top: PAGE_MAX,
  skip: 0,
});
const idOf = ({ thing }: StepContext): string => thing.id ?? thing.facts['keyId'] ?? '';

const signIn = (connection: Connection) =>
  ({
    kind: 'call',
    sends: `GET ${at(connection, '/auth/login')}`,
    costs: PROBE_COSTS,
    operation: 'signIn',
    as: 'thing',
    params: ({ secrets }: StepContext): Params => ({ user: secrets[KEY] ?? '', password: '' }),
  }) as const;

const open = (connection: Connection): CallStep<'open'> => ({
  ...signIn(connection),
  id: 'open',
  label: 'Sign in with it',
  stage: 'open',
  read(reply) {
    const tokens = readTokens(reply, 'signIn');
    if (tokens.ok) {
      return {
        says: 'opened',
        words: `${statusOf(reply)}, it signs in`,
        carry: { [OPENED]: tokens.value.accessToken },
      };
    }
    return refusedKey(reply)
      ? { ...refused(reply), says: 'dead', qualifier: UNLESS_APPLICATION_KEY, survives: survivorsOfKey }
      : null;
  },
});

export const evidence = (by: By, connection: Connection, operation: 'keys' | 'deletedKeys'): CallStep<'evidence'> => ({
  id: 'evidence',
  label: 'Keep what is known of it',
  kind: 'call',
  stage: 'evidence',
  sends: `GET ${at(connection, operation === 'keys' ? KEYS : `${KEYS}/@deleted`)}`,
  operation,
  as: by,
  params: (context) => page(by, context),
  read(reply, context) {
    const listed = readListed(reply);
    if (!listed) return null;
    // Whatever becomes of the key, the token that this was asked with lives on.
    const more = by === 'thing' ? { survives: [survivorOfUse(context.serverMs), ...survivorsOfKey] } : {};
    const key = listed.find((each) => isIt(each, context));
    if (key) {
      const row = rowOf(key, context.thing.fingerprint ?? undefined);
      const facts = [{ label: 'Last used', value: 'not reported by PrimaTime' }];
      return {
        says: 'there',
        words: `${statusOf(reply)}, it is in the list`,
        evidence: { row, facts },
        facts: { keyId: key.id },
        ...more,
      };
    }
    return listed.length < PAGE_MAX
      ? { says: 'gone', words: `${statusOf(reply)}, it is not in the list`, ...more }
      : { ...notWhole(reply), ...more };
  },
});

export const end = (by: By, { id }: Thing, connection: Connection): CallStep<'end'> => ({
  id: 'end',
  label: 'Delete it, not into the trash',
  kind: 'call',
  stage: 'end',
  sends: `DELETE ${at(connection, `${KEYS}/${id ?? '{its id}'}`)}?hard=true`,
  operation: 'deleteKey',
  as: by,
  skip: (context) => (idOf(context) === '' ? 'Its id is not known, so there is nothing to name in the call.' : null),
  params: (context) => ({
    ...(by === 'thing' && { token: context.secrets[OPENED] ?? '' }),
    id: idOf(context),
  }),
  read(reply) {
    const { error } = readError(reply);
    if (saysYes(reply)) return { says: 'accepted', words: `${statusOf(reply)}, accepted` };
    // Gone already, or somebody else's: what is read next tells.
    if (error === 'PE01-1101') return { says: 'refused', words: `${statusOf(reply)}, it has no such key of this user` };
    return error === 'PE01-1008' || error === 'PE01-1013' ? { ...refused(reply), says: 'not-yours' } : null;
  },
});

export const again = (by: By, connection: Connection): readonly CallStep<'again'>[] => [
  {
    id: 'again',
    label: 'Read the list again',
    kind: 'call',
    stage: 'again',
    sends: `GET ${at(connection, KEYS)}`,
    operation: 'keys',
    as: by,
    params: (context) => page(by, context),
    read: (reply, context) => isStillIn(reply, context, 'it is still in the list', 'it is not in the list'),
  },
  {
    id: 'again-in-trash',
    label: 'Look into the trash',
    kind: 'call',
    stage: 'again',
    sends: `GET ${at(connection, `${KEYS}/@deleted`)}`,
    operation: 'deletedKeys',
    as: by,
    params: (context) => page(by, context),
    read: (reply, context) =>
      isStillIn(reply, context, 'it lies in the trash, from where it can be restored', 'the trash does not hold it'),
  },
];

function isStillIn(reply: Reply, context: StepContext, there: string, gone: string): Reading<'again'> | null {
  const listed = readListed(reply);
  if (!listed) return null;
  if (listed.some((each) => isIt(each, context))) return { says: 'there', words: `${statusOf(reply)}, ${there}` };
  return listed.length < PAGE_MAX ? { says: 'gone', words: `${statusOf(reply)}, ${gone}` } : notWhole(reply);
}

/** `opened`: it signed in a moment ago, so the application key is right and a refusal now can mean one thing alone. */
export const tryKey = (connection: Connection, opened: boolean): CallStep<'probe'> => ({
  ...signIn(connection),
  id: 'probe',
  label: 'Try to sign in with it',
  stage: 'probe',
  read(reply) {
    if (readTokens(reply, 'signIn').ok) {
      return { says: 'live', words: `${statusOf(reply)}, it still signs in; the token that this made is dropped` };
    }
    if (!refusedKey(reply)) return null;
    return { ...refused(reply), says: 'dead', ...(!opened && { qualifier: UNLESS_APPLICATION_KEY }) };
  },
});

/** By its id; by the secret itself where nobody knows the id. */
const isIt = (key: KeyReply, context: StepContext): boolean => {
  const id = idOf(context);
  return id === '' ? key.secretkey !== undefined && key.secretkey === context.secrets[KEY] : key.id === id;
};

const refusedKey = (reply: Reply): boolean =>
  reply.envelope.phase === 'answered' && readError(reply).error === 'PE01-1001';

const statusOf = ({ envelope }: Reply): string => String(envelope.status);

const refused = <S extends Stage>(reply: Reply): Pick<Reading<S>, 'words'> => ({
  words: `${statusOf(reply)} ${readError(reply).error ?? ''}`.trim(),
});

const notWhole = (reply: Reply): { readonly says: 'unknown'; readonly words: string } => ({
  says: 'unknown',
  words: `${statusOf(reply)}, and the list goes on beyond ${PAGE_MAX} keys`,
});
