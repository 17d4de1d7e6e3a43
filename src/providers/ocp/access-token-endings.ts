/** An access token: its session is ended by its owner, an administrator, or the token itself. docs/vendors/ocp.md. */
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, Means, StepContext, Survivor, Thing } from '../ending.ts';
import { isAccepted } from '../accepted.ts';
import { endOf, mayUseItself, sessionsOf, withTrial } from '../thing-in-hand.ts';
import { explainReply } from './errors.ts';
import {
  at,
  atAdmin,
  look,
  lookAgain,
  refusalOf,
  refusedAnew,
  sidOf,
  statusOf,
  tokenOf,
  tryAccessToken,
  type Eyes,
} from './key-steps.ts';

export function endingsOfAccessToken(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  const { sid, sub } = thing.facts;
  const { session } = means;
  const others = session !== null && !means.own && sid !== undefined ? session : null;
  const isMine = others !== null && sub !== undefined && others.identity.id === sub;
  const asksItself = mayUseItself(means);
  const trial = {
    steps: [tryAccessToken(connection)],
    consent: 'Asks the server with the token that was found whose sessions it shows, once its session was ended.',
  };
  const byOthers = isMine
    ? byOwner(thing, connection)
    : others !== null && sub !== undefined
      ? byAdministrator(thing, connection)
      : null;
  const [first, ...untried] = byOthers ? withTrial(thing, means, byOthers, trial) : [];
  return [
    ...(first ? [first] : []),
    ...(asksItself && sid !== undefined ? [byItself(thing, means, connection)] : []),
    ...(asksItself ? [waiting(thing, means, connection)] : []),
    ...untried,
  ];
}

export function checkOfAccessToken(thing: Thing, means: Means, connection: Connection): Ending | null {
  if (!mayUseItself(means)) return null;
  return { ...waiting(thing, means, connection), id: 'check', label: 'Try it', steps: [tryAccessToken(connection)] };
}

const common = (thing: Thing) =>
  ({
    goal: 'dead',
    dies: ['The whole session: every client that was opened with it, and every token of it.'],
    survives: [survivorOf(thing)],
    endsSessions: sessionsOf(thing),
  }) as const;

const byOwner = (thing: Thing, connection: Connection): Ending => ({
  ...common(thing),
  id: 'end-own',
  label: 'End its session, as the same user',
  steps: [look('owner', connection, 'gone'), end('owner', connection), lookAgain('owner', connection)],
});

const byAdministrator = (thing: Thing, connection: Connection): Ending => ({
  ...common(thing),
  id: 'end-as-administrator',
  label: 'End its session, as an administrator',
  reason: 'Needs the roles “view-users” and “manage-users”; the server says so where they are missing.',
  steps: [
    look('administrator', connection, 'gone'),
    end('administrator', connection),
    lookAgain('administrator', connection),
  ],
});

const byItself = (thing: Thing, { own }: Means, connection: Connection): Ending => ({
  ...common(thing),
  id: 'end-by-itself',
  label: 'Have the token end its own session',
  reason: 'Whoever holds a token of a user who may manage the account can do this.',
  ...(!own && {
    consent: 'Ends the session with the token that was found, as the person it belongs to, then tries it.',
  }),
  steps: [
    {
      ...endOwn(connection),
      as: 'thing',
      params: (context) => ({ token: tokenOf(context), session: sidOf(context) }),
    },
    tryAccessToken(connection),
  ],
});

const SECOND_MS = 1_000;

/** It ends by itself within minutes, and no call ends it alone. */
const waiting = (thing: Thing, { own }: Means, connection: Connection): Ending => ({
  ...common(thing),
  id: 'wait',
  label: 'Wait until it expires, and watch',
  reason: 'Leaves its session, and whoever holds a refresh token of that gets new ones.',
  dies: [],
  ...(!own && {
    consent: 'Asks the server with the token that was found whose sessions it shows, which changes nothing.',
  }),
  steps: [
    {
      ...tryAccessToken(connection),
      watch: { everyMs: 10 * SECOND_MS, quickTries: 6, thenEveryMs: 60 * SECOND_MS },
    },
  ],
});

const survivorOf = (thing: Thing): Survivor => ({
  words: 'The token itself, where only its signature is checked: until it expires.',
  untilMs: endOf(thing, 'endsMs'),
});

const endOwn = (connection: Connection) =>
  ({
    id: 'end',
    label: 'End the session',
    kind: 'call',
    stage: 'end',
    sends: `DELETE ${at(connection, '/account/sessions/{session}')}`,
    operation: 'endOwnSession',
    // Accepted also where there is none of this name, or it is somebody else's.
    read: (reply) =>
      isAccepted(reply)
        ? { says: 'accepted', words: `${statusOf(reply)}, accepted` }
        : explainReply(reply, 'endOwnSession').code === 'account-not-allowed'
          ? { says: 'not-yours', words: refusalOf(reply) }
          : null,
  }) as const satisfies Partial<CallStep<'end'>>;

const bySession = (context: StepContext) => ({ session: sidOf(context) });

const end = (eyes: Eyes, connection: Connection): CallStep<'end'> =>
  eyes === 'owner'
    ? { ...endOwn(connection), as: 'session', params: bySession, refusedAnew }
    : {
        id: 'end',
        label: 'End the session',
        kind: 'call',
        stage: 'end',
        sends: `DELETE ${atAdmin(connection, '/sessions/{session}')}`,
        operation: 'endSession',
        as: 'session',
        params: bySession,
        read(reply) {
          if (isAccepted(reply)) return { says: 'accepted', words: `${statusOf(reply)}, accepted` };
          const { code } = explainReply(reply, 'endSession');
          return code === 'session-gone-already' ? { says: 'refused', words: '404, there is no such session' } : null;
        },
      };
