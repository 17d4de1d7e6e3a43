import { expect, test } from 'vitest';
import { systemRandom } from '../lib/random.ts';
import { toBase64Url } from '../lib/base64.ts';
import { createPasskeys } from './passkey.ts';
import type { PasskeyMethod } from './unlock-method.ts';

const method = (host: string, id: number): PasskeyMethod => ({
  ...{ type: 'passkey', id: host, createdAtMs: 0, iv: '', wrapped: '' },
  params: { credential: toBase64Url(Uint8Array.of(id)), input: toBase64Url(new Uint8Array(32)), host },
});

/** A browser whose person cancels, with what it was asked. */
function cancelling() {
  const asked: PublicKeyCredentialRequestOptions[] = [];
  const refuse = (options?: CredentialRequestOptions): Promise<null> => {
    if (options?.publicKey) asked.push(options.publicKey);
    return Promise.reject(new DOMException('', 'NotAllowedError'));
  };
  const nothing = () => Promise.resolve();
  const container: CredentialsContainer = { get: refuse, create: refuse, store: nothing, preventSilentAccess: nothing };
  return { asked, passkeys: createPasskeys(container, 'console.example', systemRandom) };
}

test('a passkey of another host is not offered: the browser would refuse it, and say no more than that', async () => {
  const { asked, passkeys } = cancelling();
  expect(await passkeys.open([method('localhost', 1), method('console.example', 2)])).toBe('cancelled');
  expect(asked.map(({ rpId, allowCredentials }) => [rpId, allowCredentials?.length])).toEqual([['console.example', 1]]);
  expect(asked[0]?.allowCredentials?.[0]?.id).toEqual(Uint8Array.of(2));
  expect(await passkeys.open([method('localhost', 1)])).toBe('cancelled');
  expect(asked).toHaveLength(1);
});
