/** How a project token is ended: with the key that made it, or by a restart, watched from here. docs/vendors/alm.md. */
import type { Connection } from '../../http/envelope.ts';
import type { CallStep, Ending, GuideStep, Means, Thing } from '../ending.ts';
import { endOf, mayUseItself, sessionsOf } from '../thing-in-hand.ts';
import { tokenRoutes } from './key-guides.ts';
import { looking, readIssues, segmentOf, watch, type Repeats } from './key-readings.ts';

/** A token is for one project, which it names itself where it was pasted. */
export function endingsOfToken(thing: Thing, means: Means, connection: Connection): readonly Ending[] {
  if (!isTriable(thing, means)) return [];
  return tokenRoutes.map((guide, index) => ({
    id: index === 0 ? 'delete-its-key' : 'restart',
    label: guide.title,
    goal: 'dead',
    ...(!means.own && {
      consent: 'Reads one issue of its project with the token that was found, again and again, until ALM refuses it.',
    }),
    dies: [index === 0 ? 'Every other token of that key.' : 'Every token of every user of that server.'],
    survives: [{ words: 'The token, if nobody does that: until it ends by itself', untilMs: endOf(thing, 'endsMs') }],
    endsSessions: sessionsOf(thing),
    steps: [
      { id: 'end', label: guide.title, kind: 'guide', stage: 'end', guide, done: 'It is done' } satisfies GuideStep,
      tryToken(connection, { watch }),
    ],
  }));
}

export function checkOfToken(thing: Thing, means: Means, connection: Connection): Ending | null {
  if (!isTriable(thing, means)) return null;
  return {
    ...looking,
    ...(!means.own && { consent: 'Reads one issue of its project with the token that was found.' }),
    survives: [{ words: 'The token, until it ends by itself', untilMs: endOf(thing, 'endsMs') }],
    steps: [tryToken(connection, {})],
  };
}

const isTriable = (thing: Thing, means: Means): boolean => mayUseItself(means) && thing.facts['project'] !== undefined;

const tryToken = (connection: Connection, repeats: Repeats): CallStep<'probe'> => ({
  id: 'probe',
  label: 'Try the token',
  kind: 'call',
  stage: 'probe',
  sends: `GET ${connection.baseUrl}/…/api/v0/{project}/issues?per_page=1`,
  operation: 'issues',
  as: 'thing',
  params: ({ thing, connection: of, secrets }) => ({
    segment: segmentOf(thing, of),
    project: thing.facts['project'] ?? '',
    token: secrets['token'] ?? '',
  }),
  read: readIssues,
  ...repeats,
});
