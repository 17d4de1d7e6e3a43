/** Tokens that were found, or are a session's. Nothing logs one out; a refresh token is ended by using it. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, Means, StepContext, Thing } from '../ending.ts';
import { endOf, mayUseItself, sessionsOf } from '../thing-in-hand.ts';
import { readError } from './errors.ts';
import { at } from './key-rows.ts';
import { survivorsOfRefreshToken } from './key-words.ts';
import { probe } from './probe.ts';
import { readTokens } from './tokens.ts';

const SECOND_MS = 1_000;
const statusOf = ({ envelope }: Reply): string => String(envelope.status);

/** Nothing but the token itself does anything about it. `consent` is asked for one that was found. */
const byItself = (
  thing: Thing,
  means: Means,
  { consent, ...ending }: Omit<Ending, 'goal' | 'endsSessions'> & { readonly consent: string },
): readonly Ending[] =>
  mayUseItself(means)
    ? [{ ...ending, goal: 'dead', ...(!means.own && { consent }), endsSessions: sessionsOf(thing) }]
    : [];

/** No call ends a token: it is watched until it ends by itself. */
export const endingsOfToken = (thing: Thing, means: Means, connection: Connection): readonly Ending[] =>
  byItself(thing, means, {
    id: 'wait',
    label: 'Wait until it ends by itself, and watch',
    reason: 'PrimaTime has no call that ends a token. It lives 60 minutes from when it was made.',
    consent: 'Asks PrimaTime with the token that was found who it belongs to, which changes nothing.',
    dies: [],
    survives: [{ words: 'The token itself, until it ends', untilMs: endOf(thing, 'accessEndsMs') }],
    steps: [tryToken(connection)],
  });

export function checkOfToken(thing: Thing, means: Means, connection: Connection): Ending | null {
  const [waiting] = endingsOfToken(thing, means, connection);
  const { watch: _repeats, ...once } = tryToken(connection);
  return waiting ? { ...waiting, id: 'check', label: 'Try it', steps: [once] } : null;
}

const tryToken = (connection: Connection): CallStep<'probe'> => ({
  id: 'probe',
  label: 'Try it',
  kind: 'call',
  stage: 'probe',
  sends: `GET ${at(connection, '/users/@self')}`,
  operation: 'self',
  as: 'thing',
  params: ({ secrets }) => ({ token: secrets['token'] ?? '' }),
  read(reply, context) {
    const { verdict } = probe.read(reply, tokensOf(context));
    if (verdict === 'unknown') return null;
    return verdict === 'live'
      ? { says: 'live', words: `${statusOf(reply)}, it still opens its user` }
      : { says: 'dead', words: `${statusOf(reply)} ${readError(reply).error ?? ''}`.trim() };
  },
  watch: { everyMs: 10 * SECOND_MS, quickTries: 6, thenEveryMs: 60 * SECOND_MS },
});

const tokensOf = ({ secrets }: StepContext): Parameters<typeof probe.read>[1] => ({
  accessToken: secrets['token'] ?? '',
  accessExpiry: { kind: 'unknown' },
  facts: [],
});

/** It works once: whoever uses it first leaves nothing for anybody else. */
export const endingsOfRefreshToken = (thing: Thing, means: Means, connection: Connection): readonly Ending[] =>
  byItself(thing, means, {
    id: 'spend',
    label: 'Use it up',
    reason: 'PrimaTime has no call that ends it, and takes it once: what comes back is dropped here.',
    consent:
      'Refreshes with the refresh token that was found. It is used up by that, for its owner too, who has to sign in again. The token and the refresh token that come back are dropped.',
    dies: ['The session that it belongs to: its owner has to sign in again.'],
    survives: survivorsOfRefreshToken,
    steps: [spend(connection), trySpent(connection)],
  });

const refreshParams = ({ secrets }: StepContext) => ({ refresh_token: secrets['refreshToken'] ?? '' });

const spend = (connection: Connection): CallStep<'end'> => ({
  id: 'end',
  label: 'Refresh with it once',
  kind: 'call',
  stage: 'end',
  sends: `GET ${at(connection, '/auth/refreshtoken')}`,
  costs: 'Makes a new pair, which nothing logs out. Keyward drops it.',
  operation: 'refresh',
  as: 'thing',
  params: refreshParams,
  read(reply) {
    if (readTokens(reply, 'refresh').ok) {
      return { says: 'accepted', words: `${statusOf(reply)}, a new pair came back` };
    }
    return isSpent(reply) ? { says: 'refused', words: `${statusOf(reply)} PE01-1011` } : null;
  },
});

const trySpent = (connection: Connection): CallStep<'probe'> => ({
  id: 'probe',
  label: 'Try it once more',
  kind: 'call',
  stage: 'probe',
  sends: `GET ${at(connection, '/auth/refreshtoken')}`,
  operation: 'refresh',
  as: 'thing',
  params: refreshParams,
  read(reply) {
    if (readTokens(reply, 'refresh').ok) {
      return { says: 'live', words: `${statusOf(reply)}, it still refreshes; the pair that came back is dropped` };
    }
    return isSpent(reply) ? { says: 'dead', words: `${statusOf(reply)} PE01-1011` } : null;
  },
});

const isSpent = (reply: Reply): boolean =>
  reply.envelope.phase === 'answered' && readError(reply).error === 'PE01-1011';
