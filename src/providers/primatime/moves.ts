/** A new secret key in the place of an old one. docs/vendors/primatime.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, GuideStep, Means, Reading, StepContext, Thing } from '../ending.ts';
import type { Move } from '../keys-face.ts';
import type { FormValues } from '../sign-in-way.ts';
import { create } from './key-create.ts';
import { again, end, evidence, tryKey } from './key-endings.ts';
import { at, PAGE_MAX, readListed } from './key-rows.ts';
import { survivorsOfKey } from './key-words.ts';

const NEW = 'newKey';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const shows = [{ name: NEW, label: 'The new secret key' }] as const;

/**
 * Of the old key's own id and the moment: nobody else has it, and a job that is taken up again knows it. The server wants
 * the form of a UUID of version 4, and no more.
 */
const newIdOf = (oldId: string, serverMs: number): string =>
  `${oldId.slice(0, 24)}${Math.max(0, Math.trunc(serverMs)).toString(16).padStart(12, '0').slice(-12)}`;

/** The id is chosen with the first reading, and so written down before anything is made under it. */
const choose = (connection: Connection): CallStep<'evidence'> => {
  const step = evidence('session', connection, 'keys');
  return {
    ...step,
    read(reply, context) {
      const reading = step.read(reply, context);
      const { id } = context.thing;
      if (!reading || id === null) return reading;
      return { ...reading, facts: { ...reading.facts, newId: newIdOf(id, context.serverMs) } };
    },
  };
};

const newId = ({ thing }: StepContext): string => thing.facts['newId'] ?? '';

const make = (connection: Connection, values: FormValues): CallStep<'create'> => ({
  ...{ kind: 'call', id: 'create', stage: 'create', label: 'Make the new key', operation: 'createKey', as: 'session' },
  sends: `POST ${at(connection, '/users/@self/secretkeys')}`,
  params(context) {
    const request = create.request(values, { id: newId(context), nowMs: context.serverMs });
    return request.ok ? request.value : {};
  },
  read(reply, context): Reading<'create'> | null {
    const made = create.read(reply, { id: newId(context) });
    const status = String(reply.envelope.status);
    if (made.ok) return { says: 'made', words: `${status}, a new key`, carry: { [NEW]: made.value.secret } };
    return made.failure.happened === 'no' && made.failure.fault === 'input'
      ? { says: 'refused', words: made.failure.sentence }
      : null;
  },
});

const find = (connection: Connection): CallStep<'create'> => ({
  ...{ kind: 'call', id: 'find', stage: 'create', label: 'Look for the new key', operation: 'keys', as: 'session' },
  asked: true,
  sends: `GET ${at(connection, '/users/@self/secretkeys')}`,
  params: () => ({ top: PAGE_MAX, skip: 0 }),
  read: whatBecame,
});

function whatBecame(reply: Reply, context: StepContext): Reading<'create'> | null {
  const listed = readListed(reply);
  if (!listed) return null;
  if (listed.some(({ id }) => id === newId(context))) {
    const words = 'The new key was made, and its secret is lost: delete that one, then begin again';
    return { says: 'made', words, facts: { foundId: newId(context) } };
  }
  return listed.length < PAGE_MAX
    ? { says: 'absent', words: 'No key was made' }
    : { says: 'unknown', words: `There are more than ${PAGE_MAX} keys: whether one was made is not known` };
}

const copied: GuideStep = {
  ...{ kind: 'guide', id: 'copied', stage: 'person' },
  label: 'Put the new key where it is needed',
  done: 'I have copied it, and nothing uses the old one any more',
  guide: {
    title: 'Copy the new key',
    steps: [
      'Copy the key now, and put it in the place of the old one, everywhere.',
      'PrimaTime does not report when a key was last used, so only you can say when the old one is no longer needed.',
    ],
  },
};

const saved: GuideStep = {
  ...copied,
  label: 'Copy the new key',
  done: 'I have copied it',
  guide: { title: 'Copy the new key', steps: ['Copy the key now, and put it where it is needed.'] },
};

/** A key in nobody's place. Its id was chosen before, so a lost answer is looked for by it. */
export function newKey(thing: Thing, { session }: Means, connection: Connection, values: FormValues): Move | null {
  if (session === null || !create.ways.includes(session.way) || thing.facts['newId'] === undefined) return null;
  return {
    ...{ id: 'create', label: 'Make a secret key', goal: 'live', dies: [], survives: [], endsSessions: [], shows },
    steps: [make(connection, values), find(connection), saved],
  };
}

export function keyMoves(
  thing: Thing,
  { session, secret }: Means,
  connection: Connection,
  values: FormValues,
): readonly Move[] {
  if (session === null || thing.id === null || !UUID.test(thing.id) || thing.row?.trashId) return [];
  const made = [make(connection, values), find(connection)];
  const ended = [
    end('session', thing, connection),
    ...again('session', connection),
    ...(secret ? [tryKey(connection, false)] : []),
  ];
  const head = { goal: 'dead', shows, survives: survivorsOfKey, endsSessions: [] } as const;
  return [
    {
      ...head,
      id: 'rotate',
      label: 'Rotate: make the new one first',
      dies: ['The old key, once you say that nothing uses it any more.'],
      steps: [choose(connection), ...made, copied, ...ended],
    },
    {
      ...head,
      id: 'replace-now',
      label: 'Compromised: end the old one first',
      dies: ['The old key, at once: what uses it stops until it has the new one.'],
      steps: [choose(connection), ...ended, ...made, copied],
    },
  ];
}
