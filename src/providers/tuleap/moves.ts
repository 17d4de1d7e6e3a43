/** A new key in the place of an old one, or of a deprecated token. */
import type { CallStep, GuideStep, Means, Reading, Thing } from '../ending.ts';
import type { Move } from '../keys-face.ts';
import type { FormValues } from '../sign-in-way.ts';
import { mayTry, sessionsOf } from '../thing-in-hand.ts';
import { readNewKey, requestKey } from './create-key.ts';
import { deleteAsOwner, keepRow, probeKey, readAgain, survivesKey } from './key-endings.ts';
import { keyWays, USE_RESOLUTION_MS } from './key-rows.ts';
import { findMade, noteKnown } from './lost-key.ts';
import { codeOf, readRow, statusOf, stepOf } from './reading.ts';
import { deletePair, probePair } from './token-endings.ts';

const NEW = 'newKey';
const shows = [{ name: NEW, label: 'The new access key' }] as const;
const MINUTE_MS = 60_000;

const makeNew = (values: FormValues) =>
  stepOf<'create'>({
    ...{
      kind: 'call',
      id: 'create',
      stage: 'create',
      label: 'Make the new key',
      operation: 'createKey',
      as: 'session',
    },
    sends: 'POST …/api/access_keys',
    costs: 'Tuleap writes an e-mail to the account’s owner.',
    params({ serverMs }) {
      const request = requestKey(values, { nowMs: serverMs });
      return request.ok ? request.value : {};
    },
    read(reply): Reading<'create'> | null {
      const made = readNewKey(reply);
      if (made.ok) {
        const { id, secret } = made.value;
        return { says: 'made', words: `${statusOf(reply)}, no. ${id}`, carry: { [NEW]: secret }, facts: { newId: id } };
      }
      return codeOf(reply, 'createKey') === 'key-not-made' ? { says: 'refused', words: made.failure.sentence } : null;
    },
  });

const tryNew = stepOf<'trial'>({
  ...{ kind: 'call', id: 'trial', stage: 'trial', label: 'Try the new key', operation: 'ownKey', as: 'thing' },
  sends: 'GET …/api/access_keys/self, with the new key',
  params: ({ secrets }) => ({ accessKey: secrets[NEW] ?? '' }),
  read(reply) {
    if (readRow(reply)) return { says: 'works', words: `${statusOf(reply)}, Tuleap takes the new key` };
    return codeOf(reply, 'ownKey') === 'key-refused'
      ? { says: 'refused', words: '401, the new key was refused' }
      : null;
  },
});

const copied: GuideStep = {
  ...{
    kind: 'guide',
    id: 'copied',
    stage: 'person',
    label: 'Copy the new key to where it is needed',
    done: 'I have copied it',
  },
  guide: {
    title: 'Copy the new key',
    steps: ['Copy the key now: Tuleap shows it this once.', 'Put it in the place of the old one, everywhere.'],
  },
};

const saved: GuideStep = {
  ...copied,
  label: 'Copy the new key',
  guide: { title: 'Copy the new key', steps: ['Copy the key now: Tuleap shows it this once.'] },
};

/** A use that another address makes shows at once; one from the same address up to an hour late. */
const watchOld = (id: string): CallStep<'quiet'> =>
  stepOf<'quiet'>({
    ...{
      kind: 'call',
      id: 'quiet',
      stage: 'quiet',
      label: 'Wait until the old key is no longer used',
      operation: 'readKey',
      as: 'session',
    },
    sends: `GET …/api/access_keys/${id}, every few minutes`,
    params: ({ thing }) => ({ number: thing.id ?? '' }),
    read(reply) {
      const row = readRow(reply);
      if (!row) return null;
      const { lastUse } = row;
      if (typeof lastUse === 'string')
        return { says: 'seen', words: lastUse === 'never' ? 'never used' : 'no use reported', mark: lastUse };
      return { says: 'seen', words: `last used from ${lastUse.from}`, mark: `${String(lastUse.atMs)} ${lastUse.from}` };
    },
    watch: {
      ...{ everyMs: 2 * MINUTE_MS, thenEveryMs: 10 * MINUTE_MS, quickTries: 5 },
      stillMs: USE_RESOLUTION_MS + 5 * MINUTE_MS,
    },
  });

export function keyMoves(thing: Thing, means: Means, values: FormValues): readonly Move[] {
  const { session, own } = means;
  const owner = session?.identity.id;
  const { id } = thing;
  if (!session || id === null || owner === undefined || !keyWays.some((way) => way === session.way)) return [];
  const make = [...noteKnown(owner), makeNew(values), findMade(owner, values)];
  const proof = [...(own ? [] : [readAgain(id)]), ...(mayTry(thing, means) ? [probeKey] : [])];
  const head = {
    goal: 'dead',
    shows,
    survives: survivesKey,
    endsSessions: sessionsOf(thing),
  } as const;
  const rotate: Move = {
    ...{
      ...head,
      id: 'rotate',
      label: 'Rotate: make the new one first',
      dies: ['The old key, once it is no longer used or you say so.'],
    },
    reason: own
      ? 'This console uses the old key itself, and so moves its last use: say yourself when nothing else needs it.'
      : 'Nothing stands still meanwhile: the old key goes when it has not been used for more than an hour, or when you say so.',
    steps: [keepRow(id), ...make, copied, watchOld(id), deleteAsOwner(id), ...proof],
  };
  const atOnce: Move = {
    ...{
      ...head,
      id: 'replace-now',
      label: 'Compromised: end the old one first',
      dies: ['The old key, at once: what uses it stops until it has the new one.'],
    },
    steps: [keepRow(id), deleteAsOwner(id), ...proof, ...make, copied],
  };
  // Nothing could be made with a key that is gone.
  return own ? [rotate] : [rotate, atOnce];
}

/** A key in nobody's place. */
export function newKey(_thing: Thing, { session }: Means, values: FormValues): Move | null {
  const owner = session?.identity.id;
  if (!session || owner === undefined || !keyWays.some((way) => way === session.way)) return null;
  return {
    ...{ id: 'create', label: 'Make an access key', goal: 'live', dies: [], survives: [], endsSessions: [], shows },
    steps: [...noteKnown(owner), makeNew(values), findMade(owner, values), saved],
  };
}

/** The token makes the key that takes its place. */
export function tokenMoves(thing: Thing, means: Means, values: FormValues): readonly Move[] {
  const { session } = means;
  const owner = session?.identity.id;
  if (!session || owner === undefined || !means.secret || thing.session === null) return [];
  return [
    {
      ...{
        id: 'to-access-key',
        label: 'Move to an access key',
        goal: 'dead',
        shows,
        survives: [],
        endsSessions: [thing.session],
      },
      dies: ['This token, once the new key works.'],
      steps: [...noteKnown(owner), makeNew(values), findMade(owner, values), tryNew, copied, deletePair, probePair],
    },
  ];
}
