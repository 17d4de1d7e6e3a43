/** How an API key is ended: by a person elsewhere, watched from here. docs/vendors/alm.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, GuideStep, Means, Reading, Thing } from '../ending.ts';
import { isAccepted } from '../accepted.ts';
import { readError } from './errors.ts';
import { deleteIn, places } from './key-guides.ts';
import { askElder, lookAtMinted, madeHere, tryMinted, tryMintedAlone } from './key-minted.ts';
import { looking, segmentOf, statusOf, watch, type Repeats } from './key-readings.ts';
import { readProjectsReply, readVersionsReply } from './replies.ts';

/** The vendor's words for a key that it does not accept; the status in the same place depends on the version. */
const PREVENTED = /License Server prevented|not recognized/i;
const NOT_REACHED = '<unknown>';

export function endingsOfKey(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  const tries = mayTry(thing, means);
  const proof = [
    ...(tries ? [tryKey(connection, { watch }), ...whetherUp(connection)] : []),
    ...(tries
      ? thing.minted.map(tryMinted)
      : thing.minted.flatMap((session, index) => [tryMintedAlone(session, index), askElder(thing, index)])),
  ];
  const unprovable =
    proof.length === 0
      ? means.secret
        ? 'No token that it made is at hand, and the operator does not allow to try a key that was found, so nothing here can prove it.'
        : 'Neither the key’s secret nor a token that it made is at hand, so nothing here can try it.'
      : undefined;
  return places.map((place) => ({
    id: place.id,
    label: `Delete it ${place.label}`,
    reason: place.reason,
    goal: 'dead',
    ...(tries && isFound(thing, means) && { consent: CONSENT }),
    dies: ['Every token that was made with it, at once.'],
    survives: [],
    endsSessions: thing.minted,
    ...(unprovable !== undefined && { unprovable }),
    steps: [
      ...(tries ? [lookAtKey(connection)] : thing.minted.map(lookAtMinted)),
      {
        id: 'end',
        label: 'Delete it in ALM',
        kind: 'guide',
        stage: 'end',
        guide: deleteIn(place, thing.name, tries),
        done: 'I deleted it',
      } satisfies GuideStep,
      ...proof,
    ],
  }));
}

const CONSENT = 'Lists the projects with the key that was found, which changes nothing.';

/** Nobody made a token with it here. */
const isFound = ({ minted }: Thing, { own }: Means): boolean => !own && minted.length === 0;

const mayTry = (thing: Thing, means: Means): boolean => means.secret && (means.selfUse || !isFound(thing, means));

export function checkOfKey(thing: Thing, means: Means, connection: Connection): Ending | null {
  if (!mayTry(thing, means)) return null;
  return {
    ...looking,
    ...(isFound(thing, means) && { consent: CONSENT }),
    steps: [tryKey(connection, {}), ...whetherUp(connection)],
  };
}

const keyCall = {
  kind: 'call',
  operation: 'projectsByKey',
  as: 'thing',
  params: ({ thing, connection, secrets }) => ({
    segment: segmentOf(thing, connection),
    apiKey: secrets['apiKey'] ?? '',
  }),
} as const satisfies Partial<CallStep>;

const sendsProjects = ({ baseUrl }: Connection): string => `GET ${baseUrl}/…/api/v0/projects`;

const lookAtKey = (connection: Connection): CallStep<'evidence'> => ({
  ...keyCall,
  id: 'evidence',
  label: 'Keep what is known of it',
  stage: 'evidence',
  sends: sendsProjects(connection),
  costs: 'Counts against the server’s limit of calls.',
  read(reply, { thing }) {
    switch (judgeKey(reply)) {
      case 'live':
        return {
          says: 'there',
          words: `${statusOf(reply)}, it opens the list of projects`,
          evidence: { row: null, facts: madeHere(thing) },
        };
      case 'dead':
        return { says: 'gone', words: wordsOfDead(reply) };
      default:
        return null;
    }
  },
});

const tryKey = (connection: Connection, repeats: Repeats): CallStep<'probe'> => ({
  ...keyCall,
  id: 'probe',
  label: 'Try the key',
  stage: 'probe',
  sends: sendsProjects(connection),
  costs: 'Counts against the server’s limit of calls.',
  read(reply) {
    switch (judgeKey(reply)) {
      case 'live':
        return { says: 'live', words: `${statusOf(reply)}, it still opens the list of projects` };
      case 'dead':
        return { says: 'dead', words: wordsOfDead(reply) };
      case 'failed':
        return { says: 'unknown', words: `${statusOf(reply)}, without a reason`, then: WHETHER_UP };
      default:
        return null;
    }
  },
  ...repeats,
});

/**
 * `failed`: the API itself answered 500 without the License Server's sentence, as it does while the ALM Server is down and
 * in some versions for a deleted key. `unclear`: something before the API may have spoken.
 */
function judgeKey(reply: Reply): 'live' | 'dead' | 'failed' | 'unclear' {
  const { phase, status } = reply.envelope;
  if (isAccepted(reply) && readProjectsReply(reply.json)) return 'live';
  if (phase !== 'answered') return 'unclear';
  const { error, text } = readError(reply);
  // A proxy's login page has a 401 too; the API says its status in the body as well.
  const isApi = error === String(status);
  if (isApi && (status === 401 || status === 403 || status === 500) && PREVENTED.test(text ?? '')) return 'dead';
  if (isApi && status === 401) return 'dead';
  return isApi && status === 500 ? 'failed' : 'unclear';
}

function wordsOfDead(reply: Reply): string {
  const isPrevented = /License Server prevented/i.test(readError(reply).text ?? '');
  return isPrevented
    ? `${statusOf(reply)}, the License Server prevented it`
    : `${statusOf(reply)}, it is not recognised`;
}

const WHETHER_UP = 'whether-up';

/** Needs no credential, so it tells a dead key from a dead server. */
const whetherUp = (connection: Connection): readonly CallStep<'probe'>[] => [
  {
    id: WHETHER_UP,
    label: 'Ask whether the ALM Server is up',
    asked: true,
    kind: 'call',
    stage: 'probe',
    sends: `GET ${connection.baseUrl}/…/api/v0/versions`,
    operation: 'versions',
    as: 'nobody',
    params: ({ thing, connection: of }) => ({ segment: segmentOf(thing, of) }),
    read(reply): Reading<'probe'> | null {
      const versions = isAccepted(reply) ? readVersionsReply(reply.json) : undefined;
      if (!versions) return null;
      return versions.HALMServer === NOT_REACHED
        ? {
            says: 'unknown',
            words: 'The ALM Server behind the REST API is down, so nothing is proven. It is asked again.',
          }
        : {
            says: 'unknown',
            words:
              'The ALM Server is up and fails at this key without a reason: most likely it is deleted, and that is not proven.',
          };
    },
  },
];
