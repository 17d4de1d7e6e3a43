import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import type { ParamsOf } from '../../http/operation.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { inputFailure } from '../input-failure.ts';
import { cleanName } from '../pasted.ts';
import type { FormSignIn, FormValues, Target, TargetList } from '../sign-in-way.ts';
import { readUserAndPassword } from '../user-and-password.ts';
import { nameOfKey, readApiKey } from './api-key.ts';
import type { operations } from './operations.ts';
import { pathNameField, pathNameOf } from './path-name.ts';
import { readProjects, rescue } from './projects.ts';
import { readToken } from './tokens.ts';

const noun = { one: 'project', many: 'projects' } as const;
const SENDS_LIST = 'Sends GET …/projects with the credential in the Authorization header';
const SENDS_TOKEN = 'Sends GET …/{project}/token with the same credential, once for each project';

type KeyParams = ParamsOf<typeof operations.projectsByKey>;
type PasswordParams = ParamsOf<typeof operations.projectsByPassword>;

const projectsByKey: TargetList = {
  noun,
  operation: 'projectsByKey',
  sends: SENDS_LIST,
  request: byKey,
  read: (reply) => readProjects(reply, 'projectsByKey'),
  rescue,
};

export const signInWithKey: FormSignIn = {
  kind: 'form',
  id: 'api-key',
  label: 'API key',
  standing: 'preferred',
  reason:
    'Perforce recommends it: both parts are long and random, so nobody guesses them; it opens the REST API alone and logs in to no ALM client; and each use can have a key of its own, deleted without breaking the others.',
  sends: SENDS_TOKEN,
  fields: [
    {
      name: 'apiKey',
      label: 'API key',
      hint: 'Its id, a colon and its secret, as they were shown once: id:secret',
      autoComplete: 'off',
      kind: 'secret',
      required: true,
    },
    pathNameField,
  ],
  targets: projectsByKey,
  operation: 'tokenByKey',
  request: (values, connection, target) => forProject(byKey(values, connection), target),
  read: (reply, values, connection, target) => readSignedIn(reply, 'tokenByKey', values, connection, target),
  keeps: {
    label: 'Keep this API key, to mint with it again',
    hint: 'A token ends after seven days by default, and with every restart of the ALM Server. With the key, Keyward mints a new one before that, and once it meets a token that a restart ended; without it, you sign in again.',
    kept(values) {
      const key = readApiKey(values['apiKey'] ?? '');
      return key.ok ? { apiKey: key.value } : {};
    },
  },
  nameOfCredential: (values) => nameOfKey(values['apiKey'] ?? ''),
};

const projectsByPassword: TargetList = {
  noun,
  operation: 'projectsByPassword',
  sends: SENDS_LIST,
  request: byPassword,
  read: (reply) => readProjects(reply, 'projectsByPassword'),
  rescue,
};

export const signInWithPassword: FormSignIn = {
  kind: 'form',
  id: 'password',
  label: 'User name and password',
  standing: 'accepted',
  reason:
    'Works without preparing a key, and hands over what also opens the ALM clients. The password is never kept, so an expired token needs a new sign-in.',
  sends: SENDS_TOKEN,
  fields: [
    { name: 'username', label: 'User name', autoComplete: 'username', kind: 'text', required: true },
    {
      name: 'password',
      label: 'Password',
      hint: 'Leave it empty for an account without one.',
      autoComplete: 'current-password',
      kind: 'secret',
      required: false,
    },
    pathNameField,
  ],
  targets: projectsByPassword,
  operation: 'tokenByPassword',
  request: (values, connection, target) => forProject(byPassword(values, connection), target),
  read: (reply, values, connection, target) => readSignedIn(reply, 'tokenByPassword', values, connection, target),
  nameOfCredential: (values) => `Password of ${cleanName(values['username'] ?? '')}`,
};

function byKey(values: FormValues, connection: Connection): Result<KeyParams, Failure> {
  const key = readApiKey(values['apiKey'] ?? '');
  return key.ok ? succeed({ segment: pathNameOf(values, connection), apiKey: key.value }) : key;
}

function byPassword(values: FormValues, connection: Connection): Result<PasswordParams, Failure> {
  const pair = readUserAndPassword(
    { user: values['username'], password: values['password'] },
    { noun: 'user name', inOneHeader: true, passwordMayBeEmpty: true },
  );
  return pair.ok ? succeed({ segment: pathNameOf(values, connection), ...pair.value }) : pair;
}

function forProject<Params extends object>(
  request: Result<Params, Failure>,
  target: Target | undefined,
): Result<Params & { readonly project: string }, Failure> {
  if (!request.ok) return request;
  return target ? succeed({ ...request.value, project: target.id }) : fail(noProject);
}

const noProject = inputFailure('project-missing-here', 'A token is for one project.', 'Choose a project first.');

/** The session is named after its project; the credential that opened it is named beside it. */
function readSignedIn(
  reply: Parameters<FormSignIn['read']>[0],
  operation: string,
  values: FormValues,
  connection: Connection,
  target: Target | undefined,
): ReturnType<FormSignIn['read']> {
  if (!target) return fail(noProject);
  const tokens = readToken(reply, operation, pathNameOf(values, connection), target);
  return tokens.ok ? succeed({ tokens: tokens.value, identity: { name: target.label } }) : tokens;
}
