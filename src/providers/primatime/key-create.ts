import { succeed, fail } from '../../lib/result.ts';
import type { RandomBytes } from '../../lib/random.ts';
import { inputFailure } from '../input-failure.ts';
import type { KeyCreate, KeyRename, KeyTrash } from '../keys-face.ts';
import { cleanName } from '../pasted.ts';
import { explainReply, saysYes } from './errors.ts';
import { SECRET_KEY, trashList } from './key-rows.ts';
import { readNewKeyReply } from './replies.ts';
import { signInWithSecretKey } from './sign-in.ts';

/** The vendor names no limit. */
const NAME_MAX = 255;
const ways = ['secret-key', 'password'] as const;

/** Lower case, as the server wants it: a UUID of version 4 (RFC 9562 section 5.4). */
function newKeyId(random: RandomBytes): string {
  const bytes = random(16).map((byte, index) =>
    index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const create: KeyCreate = {
  operation: 'createKey',
  ways,
  sends: 'Sends POST …/users/@self/secretkeys with the name, and with an id that Keyward chooses',
  fields: [
    {
      name: 'name',
      label: 'Name',
      hint: 'What it is for. PrimaTime knows no scopes: every secret key opens the whole account.',
      autoComplete: 'off',
      kind: 'text',
      required: true,
    },
  ],
  sideEffects: [],
  chooseId: newKeyId,
  blank: (id) => ({
    ...{ kind: SECRET_KEY, id: null, name: 'new secret key', row: null },
    facts: id === null ? {} : { newId: id },
  }),
  like: ({ name }) => ({ name: name === 'not-reported' ? '' : name }),
  request(values, { id }) {
    const name = cleanName(values['name'] ?? '');
    if (name === '') return fail(inputFailure('name-empty', 'The name is missing.', 'Say what the key is for.'));
    if (name.length > NAME_MAX || /\p{Cc}/u.test(name)) {
      return fail(
        inputFailure('name-odd', `A name here is one line of at most ${NAME_MAX} characters.`, 'Choose another one.'),
      );
    }
    return succeed({ name, ...(id !== null && { id }) });
  },
  read(reply, { id }) {
    const key = saysYes(reply) ? readNewKeyReply(reply.json) : undefined;
    if (!key) return fail(explainReply(reply, 'createKey'));
    return succeed({ id: key.id ?? id ?? 'not-reported', secret: key.secretkey, readableAgain: true });
  },
  find: (now, _before, _values, id) => now.filter((row) => row.id === id),
  lost: 'The key exists, and its secret did not arrive. Delete it and create another one.',
  opens: { way: signInWithSecretKey.id, values: (secretKey) => ({ secretKey }) },
};

export const rename: KeyRename = {
  operation: 'renameKey',
  ways,
  lengthMax: NAME_MAX,
  // Without the version the server would let this overwrite somebody else's change, so a row without one is not renamed.
  params: ({ id, facts: { version } }, name) => ({
    id,
    name: cleanName(name),
    ...(version !== undefined && { version: Number(version) }),
  }),
  read: (reply) => (saysYes(reply) ? succeed(null) : fail(explainReply(reply, 'renameKey'))),
};

export const trash: KeyTrash = {
  list: trashList,
  restore: {
    operation: 'restoreKey',
    params: ({ trashId }): { trash: string } | Record<string, never> => (trashId === null ? {} : { trash: trashId }),
    read: (reply) => (saysYes(reply) ? succeed(null) : fail(explainReply(reply, 'restoreKey'))),
  },
  says: 'Whether a key in the trash still signs in is not documented. To be rid of it, revoke it: that deletes it from the trash as well.',
};
