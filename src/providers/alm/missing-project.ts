import type { Failure } from '../../http/failure.ts';
import { isAccepted } from '../accepted.ts';
import type { Clarify } from '../session-face.ts';
import { explainReply } from './errors.ts';
import { keyOf } from './projects.ts';
import { readProjectsReply } from './replies.ts';
import { placeOf } from './tokens.ts';

/** A 404 to a mint: the project is gone, or not loaded yet after a restart. The list of projects tells which. */
export const missingProject: Clarify = {
  after: ['project-missing'],
  operation: 'projectsByKey',
  params: (tokens, _connection, kept) => ({ segment: placeOf(tokens).segment, apiKey: kept['apiKey'] ?? '' }),
  read(reply, tokens) {
    if (reply.envelope.phase !== 'answered') return null;
    const body = isAccepted(reply) ? readProjectsReply(reply.json) : undefined;
    if (!body) return explainReply(reply, 'projectsByKey');
    if (body.loading > 0) return loading(body.loading);
    return body.projects.some((one) => keyOf(one) === placeOf(tokens).project) ? withoutToken : gone;
  },
};

const common = { happened: 'no', status: 404 } as const;

const loading = (count: number): Failure => ({
  ...common,
  code: 'project-loading',
  // Mends itself.
  fault: 'provider',
  sentence: `The server is still loading ${count === 1 ? 'one project' : `${String(count)} projects`}, and this one is not there yet.`,
  next: 'No token was made. A few minutes help.',
});

const gone: Failure = {
  ...common,
  code: 'project-gone',
  fault: 'permission',
  sentence:
    'The server no longer lists this project for the API key: it was deleted, or the key’s user may not enter it.',
  next: 'No token was made. Ask an ALM administrator, or forget this token.',
};

const withoutToken: Failure = {
  ...common,
  code: 'project-without-token',
  // Loaded between the two answers, it is there the next time.
  fault: 'provider',
  sentence: 'The server lists this project, and answers that there is no such one when it is asked for a token.',
  next: 'No token was made. It may just have been loaded; if it stays like this, show it to whoever runs the server.',
};
