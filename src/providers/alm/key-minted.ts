/**
 * What the tokens that a key made tell of it. Where the key itself can be tried they can only speak against its end; where
 * not, a dead one speaks for it as far as nothing else explains its death. docs/vendors/alm.md.
 */
import type { CallStep, Held, HeldToken, Reading, StepContext, Thing } from '../ending.ts';
import { readIssues, statusOf, watch } from './key-readings.ts';

const mintedCall = (session: string) =>
  ({
    kind: 'call',
    sends: 'GET …/api/v0/{project}/issues?per_page=1',
    operation: 'issues',
    as: 'session',
    session,
    params: () => ({}),
  }) as const satisfies Partial<CallStep>;

const lookOf = (index: number): string => `look-${index + 1}`;

export const madeHere = ({ minted }: Thing) => [{ label: 'Tokens made with it here', value: String(minted.length) }];

/** A restart ends its tokens too, so that only one that lives now tells anything later. */
export const lookAtMinted = (session: string, index: number): CallStep<'evidence'> => ({
  ...mintedCall(session),
  id: lookOf(index),
  label: `Look whether the token of session ${index + 1} lives`,
  stage: 'evidence',
  costs: 'Its death proves that of the key only while an older token of another key or password lives here.',
  read(reply, { thing, held }) {
    const tried = readIssues(reply);
    if (tried?.says !== 'live') return tried && { says: tried.says, words: tried.words };
    const evidence = { row: null, facts: madeHere(thing) };
    return { says: 'there', words: tried.words, evidence, facts: noted(index, held?.others ?? []) };
  },
});

const tryOf = (session: string, index: number) =>
  ({
    ...mintedCall(session),
    id: `minted-${index + 1}`,
    label: `Try the token of session ${index + 1}`,
    stage: 'probe',
    watch,
  }) as const;

/** It dies with the key; where it lives, the key was not deleted. */
export const tryMinted = (session: string, index: number): CallStep<'probe'> => ({
  ...tryOf(session, index),
  read: readIssues,
});

/** The same where the key itself is not tried, so that its death is to be explained. */
export const tryMintedAlone = (session: string, index: number): CallStep<'probe'> => ({
  ...tryOf(session, index),
  seenBy: lookOf(index),
  read(reply, context) {
    const tried = readIssues(reply);
    if (tried?.says === 'live') return { ...tried, facts: noted(index, context.held?.others ?? []) };
    return tried?.says === 'dead' ? explained(tried.words, index, context) : tried;
  },
});

/** Both clocks may be a little off. */
const END_MARGIN_MS = 60_000;
const TRY_KEY = 'Paste the key’s secret to try the key itself';

function explained(words: string, index: number, { thing, held, serverMs }: StepContext): Reading<'probe'> {
  const dead = (unsure: string): Reading<'probe'> => ({ says: 'dead', words, unsure: `${unsure}. ${TRY_KEY}` });
  if (!held || held.endsMs === null) {
    return dead('when it ends by itself is not known, so that may be all, and the key may live');
  }
  if (serverMs > held.endsMs - END_MARGIN_MS) return dead('it had reached its own end, and the key may live');
  const same = eldersOf(thing, index).filter(isIn(held));
  if (same.length === 0) {
    return dead(
      'a restart of the ALM Server does the same, and the key may live: only an older token of another key or password, still alive here, would rule that out',
    );
  }
  return { says: 'unknown', words, facts: noted(index, same), then: askOf(index) };
}

const askOf = (index: number): string => `restarted-${index + 1}`;

/** Needs no look of its own: these were there when the token was last seen alive, and a restart would have ended them too. */
export const askElder = (thing: Thing, index: number): CallStep<'probe'> => {
  const [elder, ...others] = eldersOf(thing, index);
  return {
    ...mintedCall(elder?.session ?? ''),
    ...(elder && { generation: elder.generation }),
    id: askOf(index),
    label: 'Ask whether ALM knows an older token of another key or password',
    asked: true,
    stage: 'probe',
    seenBy: lookOf(index),
    skip: () => (elder ? null : 'There is none.'),
    read(reply) {
      const tried = readIssues(reply);
      switch (tried?.says) {
        case 'live':
          return {
            says: 'dead',
            words: `401 to its token, and ${statusOf(reply)} to an older one of another key or password: ALM was not restarted`,
            qualifier: 'judged by a token that it made',
          };
        case 'dead':
          return others.length > 0
            ? { says: 'unknown', words: tried.words, facts: noted(index, others), then: askOf(index) }
            : { ...tried, unsure: `${RESTARTED}. ${TRY_KEY}` };
        default:
          return tried;
      }
    },
  };
};

const RESTARTED =
  'nor any older one of another key or password here, so the ALM Server was most likely restarted, and the key may live';

/** A server takes so many calls a minute. */
const ELDERS_MAX = 5;

/** Which other tokens were here when this one was last seen alive. Names of sessions hold neither blank nor colon. */
const factOf = (index: number): string => `elders-${index + 1}`;

const noted = (index: number, tokens: readonly HeldToken[]) => ({
  [factOf(index)]: tokens
    .slice(0, ELDERS_MAX)
    .map(({ session, generation }) => `${session}:${generation}`)
    .join(' '),
});

const eldersOf = ({ facts }: Thing, index: number): readonly HeldToken[] =>
  (facts[factOf(index)] ?? '').split(' ').flatMap((text) => {
    const [session = '', generation] = text.split(':');
    return session === '' ? [] : [{ session, generation: Number(generation) }];
  });

const isIn =
  ({ others }: Held) =>
  (elder: HeldToken): boolean =>
    others.some(({ session, generation }) => session === elder.session && generation === elder.generation);
