/** A whole account, shut off and let in again by a site administrator or somebody with "user management". */
import type { Reply } from '../../http/call.ts';
import { shownName } from '../../http/redact.ts';
import { fail, succeed } from '../../lib/result.ts';
import type { BareThing, Ending, Means, StepContext, Thing } from '../ending.ts';
import type { Containment } from '../keys-face.ts';
import { explainReply } from './errors.ts';
import { keyWays } from './key-rows.ts';
import { accepted, isGood, statusOf, stepOf } from './reading.ts';
import { readAccountList, readAccountReply, type AccountReply } from './replies.ts';

export const ACCOUNT = 'account';

const QUALIFIER = 'while the account is suspended';
const numberOf = ({ thing }: StepContext) => ({ user: thing.id ?? '' });

/** What the routes call the states that let somebody in. */
const OPEN = { A: 'active', R: 'restricted' } as const;
const isOpen = (status: string): status is keyof typeof OPEN => Object.hasOwn(OPEN, status);

function statusIn(reply: Reply): string | undefined {
  return isGood(reply) ? readAccountReply(reply.json)?.status : undefined;
}

const keepStatus = (id: string) =>
  stepOf<'evidence'>({
    ...{
      kind: 'call',
      id: 'evidence',
      stage: 'evidence',
      label: 'Keep the evidence',
      operation: 'readUser',
      as: 'session',
    },
    sends: `GET …/api/users/${id}`,
    params: numberOf,
    read(reply) {
      const status = statusIn(reply);
      if (status === undefined) return null;
      const facts = [{ label: 'Status before', value: `${status}${isOpen(status) ? ` (${OPEN[status]})` : ''}` }];
      return {
        says: 'there',
        words: `${statusOf(reply)}, its status is ${status}`,
        evidence: { row: null, facts },
        facts: { statusBefore: status },
      };
    },
  });

const setStatus = (id: string, status: 'A' | 'R' | 'S') =>
  stepOf<'end'>({
    ...{
      kind: 'call',
      id: 'set',
      stage: 'end',
      label: status === 'S' ? 'Suspend' : 'Let in again',
      operation: 'changeStatus',
      as: 'session',
    },
    sends: `PATCH …/api/users/${id} with the status ${status}`,
    params: (context) => ({ ...numberOf(context), status }),
    read: (reply) => accepted(reply, 'which proves nothing'),
  });

const readStatus = (id: string) =>
  stepOf<'again'>({
    ...{ kind: 'call', id: 'again', stage: 'again', label: 'Read again', operation: 'readUser', as: 'session' },
    sends: `GET …/api/users/${id}`,
    params: numberOf,
    read(reply) {
      const status = statusIn(reply);
      if (status === undefined) return null;
      if (isOpen(status)) return { says: 'there', words: `${statusOf(reply)}, the account is ${OPEN[status]}` };
      const words = `${statusOf(reply)}, its status is ${status}: its keys and tokens are refused`;
      return { says: 'gone', words, qualifier: QUALIFIER };
    },
  });

export function accountEndings(thing: Thing, means: Means): readonly Ending[] {
  const { session } = means;
  if (!session || thing.id === null || !keyWays.some((way) => way === session.way)) return [];
  const { id } = thing;
  const before = thing.facts['statusBefore'] ?? '';
  const ending = (status: 'A' | 'R' | 'S') => [keepStatus(id), setStatus(id, status), readStatus(id)] as const;
  const isOwn = session.identity.id === id;
  const suspend: Ending = {
    ...{ id: 'suspend', label: 'Suspend the account', goal: 'dead', endsSessions: [] },
    reason: `Site administrators, and those with “user management”, may. ${isOwn ? 'It is your own account: only another of them can undo it, and nothing here can prove it any more.' : 'It can be undone.'}`,
    dies: [
      'Every key, token and session of this account is refused while it is suspended.',
      ...(isOwn ? ['This console’s own sessions of it as well.'] : []),
    ],
    survives: [{ words: 'The keys and tokens themselves: they work again with the account', untilMs: 'not-reported' }],
    steps: ending('S'),
  };
  const letIn = (status: 'A' | 'R'): Ending => ({
    ...{
      id: `let-in-${status}`,
      label: `Let it in again, ${OPEN[status]}`,
      goal: 'live',
      dies: [],
      survives: [],
      endsSessions: [],
    },
    steps: ending(status),
  });
  const again = isOpen(before) ? [letIn(before)] : [letIn('A'), letIn('R')];
  return [suspend, ...again];
}

const thingOf = ({ id, username, display_name: shown, status }: AccountReply): BareThing => ({
  ...{ kind: ACCOUNT, id: String(id), row: null },
  name: shownName(username ?? shown ?? `user no. ${String(id)}`),
  facts: status !== undefined && isOpen(status) ? { statusBefore: status } : {},
});

export const containment: Containment = {
  kind: ACCOUNT,
  label: 'Suspend an account',
  who: 'A site administrator, or somebody with “user management”.',
  ways: keyWays,
  find: {
    label: 'User name',
    operation: 'findUsers',
    params: (typed) => ({ query: JSON.stringify({ username: typed.trim() }) }),
    read(reply) {
      const found = isGood(reply) ? readAccountList(reply.json) : undefined;
      return found ? succeed(found.map(thingOf)) : fail(explainReply(reply, 'findUsers'));
    },
  },
};
