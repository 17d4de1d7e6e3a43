/** What the endings of keys and of tokens share. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, Reading, Thing, Watch } from '../ending.ts';
import { readError } from './errors.ts';
import { pathNameOf } from './path-name.ts';
import { probe } from './probe.ts';

const SECOND_MS = 1_000;

export const watch: Watch = { everyMs: 10 * SECOND_MS, quickTries: 6, thenEveryMs: 60 * SECOND_MS };

/** Empty: looked at one time. */
export type Repeats = Pick<CallStep, 'watch'>;

export const statusOf = ({ envelope }: Reply): string => String(envelope.status);

/** Under which the server answered at sign-in, else as the operator's file says. */
export const segmentOf = ({ facts }: Thing, connection: Connection): string => pathNameOf(facts, connection);

export const looking = {
  id: 'check',
  label: 'Try it',
  goal: 'dead',
  dies: [],
  survives: [],
  endsSessions: [],
} as const satisfies Partial<Ending>;

export function readIssues(reply: Reply): Reading<'probe'> | null {
  const { verdict } = probe.read(reply, { accessToken: '', accessExpiry: { kind: 'unknown' }, facts: [] });
  if (verdict === 'live') return { says: 'live', words: `${statusOf(reply)}, ALM still knows the token` };
  const { phase, status } = reply.envelope;
  if (phase !== 'answered' || (status !== 401 && status !== 403)) return null;
  // Something before the API may ask for a credential of its own.
  return verdict === 'dead' && readError(reply).error === '401'
    ? { says: 'dead', words: '401, ALM no longer knows the token' }
    : { says: 'unknown', words: `${statusOf(reply)}, and not from ALM’s API: a proxy before it, most likely` };
}
