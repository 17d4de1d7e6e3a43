/** Every session of a person at once, for an administrator. docs/vendors/ocp.md. */
import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import { fail, succeed } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { Ending, Means, Thing } from '../ending.ts';
import type { Containment } from '../keys-face.ts';
import { cleanName } from '../pasted.ts';
import { explainReply } from './errors.ts';
import { kinds } from './key-recognise.ts';
import { atAdmin, statusOf } from './key-steps.ts';
import { readPeople, readUserSessions } from './session-replies.ts';

export const containment: Containment = {
  kind: kinds.account.kind,
  label: 'End all sessions of a person',
  who: 'An administrator with the roles “view-users” and “manage-users”. It shuts nobody out: who knows the password signs in again.',
  ways: ['password'],
  find: {
    label: 'User name',
    operation: 'findUsers',
    params: (typed) => ({ username: cleanName(typed), exact: 'true', max: '2' }),
    read(reply) {
      const people = isAccepted(reply) ? readPeople(reply.json) : undefined;
      if (!people) return fail(explainReply(reply, 'findUsers'));
      const things = people.map(({ id, name }) => ({ kind: kinds.account.kind, id, name, row: null, facts: {} }));
      return succeed(things);
    },
  },
};

export function endingsOfAccount({ id, name }: Thing, { session }: Means, connection: Connection): readonly Ending[] {
  if (session === null || id === null) return [];
  const user = () => ({ user: id });
  const count = {
    kind: 'call',
    sends: `GET ${atAdmin(connection, '/users/{user}/sessions')}`,
    operation: 'userSessions',
    as: 'session',
    params: user,
  } as const;
  return [
    {
      id: 'end-all',
      label: `End all sessions of ${name}`,
      goal: 'dead',
      dies: [
        'Every session of this person, at every client.',
        'Every refresh token and access token that was issued before: the server refuses them from then on.',
        ...(session.identity.id === id || session.identity.name === name
          ? ['This console’s own session among them: nothing can be counted with it afterwards.']
          : []),
      ],
      survives: [
        {
          words: 'Access tokens, where only their signature is checked: until they expire, mostly five minutes.',
          untilMs: 'not-reported',
        },
        { words: 'The password, and personal tokens: whoever has one gets in again.', untilMs: 'never' },
      ],
      endsSessions: [],
      steps: [
        {
          ...{ ...count, id: 'evidence', label: 'Count the sessions', stage: 'evidence' },
          read(reply) {
            const sessions = sessionsIn(reply);
            if (!sessions) return null;
            const facts = [
              { label: 'Sessions', value: String(sessions.length) },
              { label: 'From', value: [...new Set(sessions.flatMap(({ address }) => address ?? []))].join(', ') },
            ];
            // The account itself is there, with sessions or without.
            const words = `${statusOf(reply)}, ${String(sessions.length)} open`;
            return { says: 'there', words, evidence: { row: null, facts } };
          },
        },
        {
          ...{ id: 'end', label: 'End all', kind: 'call', stage: 'end', as: 'session' },
          sends: `POST ${atAdmin(connection, '/users/{user}/logout')}`,
          operation: 'endAllSessions',
          params: user,
          read: (reply) => (isAccepted(reply) ? { says: 'accepted', words: `${statusOf(reply)}, accepted` } : null),
        },
        {
          ...{ ...count, id: 'again', label: 'Count again', stage: 'again' },
          read(reply) {
            const sessions = sessionsIn(reply);
            if (!sessions) return null;
            return sessions.length === 0
              ? { says: 'gone', words: `${statusOf(reply)}, none is open`, qualifier: 'until somebody signs in again' }
              : { says: 'there', words: `${statusOf(reply)}, ${String(sessions.length)} still open` };
          },
        },
      ],
    },
  ];
}

const sessionsIn = (reply: Reply) => (isAccepted(reply) ? readUserSessions(reply.json) : undefined);
