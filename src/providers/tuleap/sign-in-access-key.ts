import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Expiry } from '../../lib/time.ts';
import { isAccepted } from '../accepted.ts';
import { inputFailure } from '../input-failure.ts';
import { oddKey } from '../odd-key.ts';
import { cleanKey, isOneWord, keyAfter } from '../pasted.ts';
import type { FormSignIn, FormValues, SignedIn } from '../sign-in-way.ts';
import type { Fact } from '../tokens.ts';
import { readZonedDate } from '../zoned-date.ts';
import { explainReply } from './errors.ts';
import { readAccessKeyReply, type AccessKeyReply } from './replies.ts';
import { readWho } from './who.ts';

const LENGTH_MAX = 512;
/** Within a line of curl or JSON. */
const MARK = /\bX-Auth-AccessKey\b["']?\s*:\s*/i;
const HEADER = /^X-Auth-AccessKey\s*:\s*/i;
/** The server makes `tlp-k1-12.…`; the vendor's page prints `tlp.k1.1026…`. */
const FORMAT = /^tlp[-.]k\d+[-.]\d/i;
const ID = /^tlp[-.]k\d+[-.](\d+)/i;

/** The key alone, out of a copied header or curl line too. */
function cleaned(values: FormValues): string {
  const pasted = values['accessKey'] ?? '';
  const key = cleanKey(cleanKey(pasted).replace(HEADER, ''));
  return isOneWord(key) ? key : (keyAfter(MARK, pasted) ?? key);
}

export const signInWithAccessKey: FormSignIn = {
  kind: 'form',
  id: 'access-key',
  label: 'Personal access key',
  standing: 'preferred',
  reason:
    'Tuleap’s own choice for tools and scripts: it shows when and from where each key was last used, and each can be deleted alone.',
  sends:
    'Sends GET …/api/access_keys/self and GET …/api/users/self with the key in the X-Auth-AccessKey header, which counts as a use of the key',
  fields: [
    {
      name: 'accessKey',
      label: 'Access key',
      hint: 'With the scope REST. It begins with tlp-k1-, and was shown once when it was made.',
      autoComplete: 'off',
      kind: 'secret',
      required: true,
    },
  ],
  source: ({ baseUrl }) => ({ label: 'Create a key', href: `${baseUrl}/account/keys-tokens` }),
  operation: 'ownKey',
  request(values) {
    const accessKey = cleaned(values);
    const failure = faultOf(accessKey);
    return failure ? fail(failure) : succeed({ accessKey });
  },
  read: (reply, values) => readSignedIn(reply, cleaned(values)),
  identify: {
    operation: 'self',
    params: ({ accessToken }) => ({ accessKey: accessToken }),
    read: (reply) => readWho(reply, 'self'),
  },
  nameOfCredential(values) {
    const id = ID.exec(cleaned(values))?.[1];
    return id === undefined ? 'Access key' : `Access key no. ${id}`;
  },
};

function faultOf(key: string): Failure | undefined {
  if (key === '') return inputFailure('key-empty', 'The access key is missing.', 'Paste it.');
  const odd = oddKey(key, {
    noun: 'An access key',
    shape: 'An access key is one word without spaces; more than the key was pasted.',
    lengthMax: LENGTH_MAX,
  });
  if (odd) return odd;
  if (FORMAT.test(key)) return undefined;
  return inputFailure(
    'key-not-recognised',
    'This is no personal access key of Tuleap: those begin with tlp-k1-.',
    'Look at what was copied. A token of OAuth2 begins with tlp-oauth2- and is not taken here.',
  );
}

/** The answer to a call with the key is the key's own row, so it proves the key and tells its end. */
function readSignedIn(reply: Reply, accessKey: string): Result<SignedIn, Failure> {
  const row = isAccepted(reply) ? readAccessKeyReply(reply.json) : undefined;
  if (!row) return fail(explainReply(reply, 'ownKey'));
  return succeed({
    tokens: { accessToken: accessKey, accessExpiry: expiryOf(row), facts: factsOf(row) },
    identity: { name: `Owner of access key no. ${String(row.id)}` },
  });
}

/** By the server's clock. */
function expiryOf({ expiration_date: date }: AccessKeyReply): Expiry {
  if (date === null) return { kind: 'never' };
  const serverMs = readZonedDate(date);
  return serverMs === undefined ? { kind: 'unknown' } : { kind: 'absolute', serverMs };
}

function factsOf(row: AccessKeyReply): readonly Fact[] {
  const facts: Fact[] = [];
  if (row.description !== undefined) facts.push({ label: 'Description', value: plainText(row.description) });
  if (row.scopes) {
    facts.push({ label: 'Scopes', value: plainText(row.scopes.map(({ identifier }) => identifier).join(' ')) });
  }
  // The check itself is a use, which the server writes down at most once an hour for one address.
  const lastUsedMs = readZonedDate(row.last_used_on);
  if (lastUsedMs !== undefined) {
    facts.push({ label: 'Last used', value: formatDateTime(lastUsedMs) });
  }
  if (row.last_used_by !== undefined) facts.push({ label: 'Last used from', value: plainText(row.last_used_by) });
  return facts;
}
