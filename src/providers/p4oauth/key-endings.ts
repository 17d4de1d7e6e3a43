/** How an access token is ended: by a person on the Perforce server, watched from here. docs/vendors/p4oauth.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, Means, StepContext, Survivor, Thing } from '../ending.ts';
import { mayUseItself, sessionsOf } from '../thing-in-hand.ts';
import { endTicket, endTickets } from './key-guides.ts';
import { probe } from './probe.ts';

const SECOND_MS = 1_000;
const watch = { everyMs: 10 * SECOND_MS, quickTries: 6, thenEveryMs: 60 * SECOND_MS } as const;

const survives: readonly Survivor[] = [
  {
    words:
      'A ticket that was fetched with it: 12 hours unless a group of the Perforce server says otherwise, or until p4 logout -a.',
    untilMs: 'not-reported',
  },
];

interface Owner {
  readonly login: string;
  readonly redirectUri: string;
}

/**
 * The vendor wants login and redirect URI beside the token. A found token has neither: those of the session at hand are
 * tried, which fit where both are the same person's.
 */
function ownerOf({ facts }: Thing, { session }: Means): Owner | undefined {
  const login = facts['login'] ?? session?.companions['login'];
  const redirectUri = facts['redirectUri'] ?? session?.companions['redirectUri'];
  return login === undefined || redirectUri === undefined ? undefined : { login, redirectUri };
}

export function endingsOfToken(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  const owner = triable(thing, means);
  if (!owner) return [];
  const guide = endTickets(thing.facts['login']);
  return [
    {
      ...ending(thing, means),
      id: 'log-out-there',
      label: 'End it on the Perforce server, and watch',
      reason: 'P4OAuth has no call that ends an access token.',
      steps: [
        look(connection, owner),
        { id: 'end', label: guide.title, kind: 'guide', stage: 'end', guide, done: 'It is done' },
        { ...tryToken(connection, owner), watch },
      ],
    },
  ];
}

export function checkOfToken(thing: Thing, means: Means, connection: Connection): Ending | null {
  const owner = triable(thing, means);
  if (!owner) return null;
  return { ...ending(thing, means), id: 'check', label: 'Try it', steps: [tryToken(connection, owner)] };
}

export function endingsOfTicket({ facts }: Thing): readonly Ending[] {
  const guide = endTicket(facts['login']);
  return [
    {
      id: 'log-out-there',
      label: guide.title,
      goal: 'dead',
      dies: ['Every other ticket of the user on that server.'],
      survives: [],
      endsSessions: [],
      unprovable: 'A ticket is good on a Perforce server and not at P4OAuth, so nothing here can try it.',
      steps: [{ id: 'end', label: guide.title, kind: 'guide', stage: 'end', guide, done: 'It is done' }],
    },
  ];
}

const triable = (thing: Thing, means: Means): Owner | undefined =>
  mayUseItself(means) ? ownerOf(thing, means) : undefined;

const ending = (thing: Thing, { own }: Means) =>
  ({
    goal: 'dead',
    ...(!own && { consent: 'Asks P4OAuth for a ticket with the token that was found, and drops the ticket.' }),
    dies: [],
    survives,
    endsSessions: sessionsOf(thing),
  }) as const;

const call = (connection: Connection, owner: Owner) =>
  ({
    kind: 'call',
    sends: `GET ${connection.baseUrl}/p4token`,
    operation: 'p4token',
    as: 'thing',
    params: ({ secrets }: StepContext) => ({ ...owner, token: secrets['token'] ?? '' }),
  }) as const;

const look = (connection: Connection, owner: Owner): CallStep<'evidence'> => ({
  ...call(connection, owner),
  id: 'evidence',
  label: 'See whether it works',
  stage: 'evidence',
  read(reply) {
    const evidence = { row: null, facts: [{ label: 'Login asked for', value: owner.login }] };
    switch (judge(reply)) {
      case 'live':
        return { says: 'there', words: `${statusOf(reply)}, it fetches a ticket`, evidence };
      case 'dead':
        return { says: 'gone', words: DEAD };
      case 'refused':
        return { says: 'unknown', words: `${statusOf(reply)}, no ticket for this login and application`, evidence };
      case 'page':
        return { says: 'unknown', words: PAGE };
      default:
        return null;
    }
  },
});

const tryToken = (connection: Connection, owner: Owner): CallStep<'probe'> => ({
  ...call(connection, owner),
  id: 'probe',
  label: 'Ask for a ticket with it',
  stage: 'probe',
  read(reply) {
    switch (judge(reply)) {
      case 'live':
        return { says: 'live', words: `${statusOf(reply)}, it still fetches a ticket; that is dropped` };
      case 'dead':
        return { says: 'dead', words: DEAD };
      case 'refused':
        return {
          says: 'unknown',
          words: `${statusOf(reply)}, no ticket for this login and application, which does not tell whether the token lives`,
        };
      case 'page':
        return { says: 'unknown', words: PAGE };
      default:
        return null;
    }
  },
});

const DEAD = '401, P4OAuth does not accept the token';
const PAGE = '401 as a proxy asks for a password of its own, which does not tell whether the token lives';
const statusOf = ({ envelope }: Reply): string => String(envelope.status);

/** No text of the vendor shows how it refuses: 401 says dead (RFC 6750 section 3.1), unless it looks like a proxy's. */
function judge(reply: Reply): 'live' | 'dead' | 'refused' | 'page' | 'unclear' {
  const { phase, status } = reply.envelope;
  const { verdict } = probe.read(reply, { accessToken: '', accessExpiry: { kind: 'unknown' }, facts: [] });
  if (verdict !== 'unknown') return verdict;
  if (phase !== 'answered') return 'unclear';
  if (status === 401) return 'page';
  return status === 400 || status === 403 ? 'refused' : 'unclear';
}
