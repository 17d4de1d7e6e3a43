import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { Params } from '../../http/operation.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { inputFailure } from '../input-failure.ts';
import type { KeyCreate, NewKey } from '../keys-face.ts';
import { cleanName } from '../pasted.ts';
import type { FormValues } from '../sign-in-way.ts';
import { explainReply } from './errors.ts';
import { KEY, keyWays, REST_SCOPE } from './key-rows.ts';
import { isGood } from './reading.ts';
import { readNewKeyReply } from './replies.ts';
import { signInWithAccessKey } from './sign-in-access-key.ts';

/** No route lists them; a plugin that is not installed drops its own without a word. */
const keyScopes = [
  { value: REST_SCOPE, label: 'REST', hint: 'The whole REST API, to read and to change.' },
  { value: 'write:git_repository', label: 'Git', hint: 'Git over https.' },
  { value: 'write:svn', label: 'SVN', hint: 'Subversion.' },
  { value: 'write:webdav', label: 'WebDAV', hint: 'Files over WebDAV.' },
] as const;

const DESCRIPTION_MAX = 255;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const NEW_KEY = /^tlp[-.]k\d+[-.](\d{1,18})\./;

export const create: KeyCreate = {
  operation: 'createKey',
  ways: keyWays,
  sends: 'Sends POST …/api/access_keys',
  fields: [
    {
      ...{ name: 'description', label: 'Description', autoComplete: 'off', kind: 'text', required: true },
      hint: 'What it is for: it is all that tells one key from another later.',
    },
    {
      ...{ name: 'scopes', label: 'Scopes', autoComplete: 'off', kind: 'choices', required: true, choices: keyScopes },
      initial: () => REST_SCOPE,
    },
    {
      ...{ kind: 'expiry', name: 'expires', label: 'Expires at the end of', proposedDays: 90 },
      hint: 'By universal time.',
      never: 'No expiry: it works until somebody deletes it.',
    },
  ],
  blank: () => ({ kind: KEY, id: null, name: 'new access key', row: null, facts: {} }),
  like: ({ name, scopes }) => ({
    description: name === 'not-reported' ? '' : name,
    scopes: scopes === 'not-reported' ? REST_SCOPE : scopes.join(' '),
  }),
  sideEffects: ['Tuleap writes an e-mail to the account’s owner.'],
  request: requestKey,
  read: readNewKey,
  find: (now, before, values) => {
    const known = new Set(before.map(({ id }) => id));
    const description = cleanName(values['description'] ?? '');
    return now.filter(({ id, name }) => !known.has(id) && name === description);
  },
  lost: 'Its secret was in the answer that is lost, so nobody has it: delete the key, and make another.',
  opens: { way: signInWithAccessKey.id, values: (accessKey) => ({ accessKey }) },
};

export function requestKey(values: FormValues, { nowMs }: { readonly nowMs: number }): Result<Params, Failure> {
  const description = cleanName(values['description'] ?? '');
  if (description === '') {
    return fail(inputFailure('description-empty', 'The description is missing.', 'Say what the key is for.'));
  }
  if (description.length > DESCRIPTION_MAX) {
    return fail(inputFailure('description-too-long', 'The description is too long.', 'Use at most 255 characters.'));
  }
  const scopes = keyScopes
    .map(({ value }) => value)
    .filter((value) => (values['scopes'] ?? '').split(/\s+/).includes(value));
  if (scopes.length === 0) {
    return fail(inputFailure('scopes-empty', 'No scope is chosen.', 'Choose at least one.'));
  }
  const expires = values['expires'] ?? '';
  if (expires === 'never') return succeed({ description, scopes });
  const date = endOfDay(expires);
  if (date === undefined) {
    return fail(
      inputFailure(
        'expiry-missing',
        'The day on which it expires is missing or is none.',
        'Choose a day, or tick “No expiry”.',
      ),
    );
  }
  if (Date.parse(date) <= nowMs) {
    return fail(inputFailure('expiry-past', 'That day is over.', 'Choose a later one.'));
  }
  return succeed({ description, scopes, expiration_date: date });
}

/** The server takes PHP’s ATOM alone: the fraction that JavaScript writes is refused, and so is a day without a time. */
function endOfDay(day: string): string | undefined {
  const [, year = '', month = '', date = ''] = DAY.exec(day) ?? [];
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date));
  const exists = day !== '' && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
  return exists ? `${day}T23:59:59+00:00` : undefined;
}

/** The secret and nothing beside it; its number stands in it. */
export function readNewKey(reply: Reply): Result<NewKey, Failure> {
  const made = isGood(reply) ? readNewKeyReply(reply.json) : undefined;
  if (!made) return fail(explainReply(reply, 'createKey'));
  const id = NEW_KEY.exec(made.identifier)?.[1] ?? 'not-reported';
  return succeed({ id, secret: made.identifier, readableAgain: false });
}
