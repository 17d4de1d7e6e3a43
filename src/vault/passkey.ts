/** Passkeys as an unlock method: WebAuthn level 3, PRF extension. The browser's part stands behind a port. */
import { fromBase64Url, toBase64Url } from '../lib/base64.ts';
import type { RandomBytes } from '../lib/random.ts';
import { bytesOf, type Bytes } from './format.ts';
import type { PasskeyMethod } from './unlock-method.ts';

/**
 * A person who cancels and an authenticator that refuses look alike. `no-prf`: it gives no value to make a key of.
 * `enrolled`: this device has one of the vault's passkeys already.
 */
export type PasskeyFailure = 'cancelled' | 'no-prf' | 'enrolled';

export interface PasskeyPort {
  /** Makes a passkey, asks it once, and gives its key. `known`: the vault's others, which the same device must not repeat. */
  enrol(
    vaultId: string,
    known: readonly PasskeyMethod[],
  ): Promise<{ readonly params: PasskeyMethod['params']; readonly key: CryptoKey } | PasskeyFailure>;
  /** Asks for any of these passkeys. */
  open(
    methods: readonly PasskeyMethod[],
  ): Promise<{ readonly methodId: string; readonly key: CryptoKey } | PasskeyFailure>;
}

const INPUT_BYTES = 32;
const CHALLENGE_BYTES = 32;

export function createPasskeys(container: CredentialsContainer, host: string, random: RandomBytes): PasskeyPort {
  // Nobody verifies a signature: the value of the PRF is the whole proof. WebAuthn wants a challenge all the same.
  const challenge = () => Uint8Array.from(random(CHALLENGE_BYTES));

  /** One assertion over the credentials of these parameters; never serialised, because the PRF's value is in it. */
  async function assert(
    params: readonly PasskeyMethod['params'][],
  ): Promise<{ readonly credential: string; readonly output: Bytes } | PasskeyFailure> {
    const known = params.filter((one) => one.host === host).map((one) => ({ ...one, ...bytesOfParams(one) }));
    if (known.length === 0) return 'cancelled';
    const asserted = await container.get({
      publicKey: {
        challenge: challenge(),
        rpId: host,
        userVerification: 'required',
        allowCredentials: known.map(({ id }) => ({ type: 'public-key' as const, id })),
        extensions: {
          prf: { evalByCredential: Object.fromEntries(known.map(({ credential, first }) => [credential, { first }])) },
        },
      },
    });
    if (!(asserted instanceof PublicKeyCredential)) return 'cancelled';
    const output = asserted.getClientExtensionResults().prf?.results?.first;
    return output ? { credential: toBase64Url(new Uint8Array(asserted.rawId)), output: copied(output) } : 'no-prf';
  }

  return {
    enrol: (vaultId, known) =>
      orCancelled(async () => {
        const created = await container.create({
          publicKey: {
            challenge: challenge(),
            rp: { id: host, name: 'Keyward' },
            user: { id: bytesOf(vaultId), name: 'Keyward vault', displayName: 'Keyward vault' },
            pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key' as const, alg })),
            excludeCredentials: known.map(({ params }) => ({
              type: 'public-key' as const,
              id: bytesOfParams(params).id,
            })),
            authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
            extensions: { prf: {} },
          },
        });
        if (!(created instanceof PublicKeyCredential)) return 'cancelled';
        if (created.getClientExtensionResults().prf?.enabled !== true) return 'no-prf';
        const credential = toBase64Url(new Uint8Array(created.rawId));
        const params = { credential, input: toBase64Url(random(INPUT_BYTES)), host };
        // Some authenticators give a value only to an assertion, not while they are being set up.
        const asserted = await assert([params]);
        return typeof asserted === 'string' ? asserted : { params, key: await keyOf(asserted.output) };
      }),
    open: (methods) =>
      orCancelled(async () => {
        const asserted = await assert(methods.map(({ params }) => params));
        if (typeof asserted === 'string') return asserted;
        const method = methods.find(({ params }) => params.credential === asserted.credential);
        return method ? { methodId: method.id, key: await keyOf(asserted.output) } : 'cancelled';
      }),
  };
}

/** What is no base64url becomes an id that no authenticator knows. */
const bytesOfParams = ({
  credential,
  input,
}: PasskeyMethod['params']): { readonly id: Bytes; readonly first: Bytes } => ({
  id: Uint8Array.from(fromBase64Url(credential) ?? []),
  first: Uint8Array.from(fromBase64Url(input) ?? []),
});

const copied = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source.slice())
    : Uint8Array.from(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));

/** The key that wraps the vault key: HKDF-SHA-256 over the PRF's 32 bytes, without salt. */
async function keyOf(output: Bytes): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', output, 'HKDF', false, ['deriveKey']);
  output.fill(0);
  const derived = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: bytesOf('keyward/passkey/1') };
  return await crypto.subtle.deriveKey(derived, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function orCancelled<Value>(work: () => Promise<Value>): Promise<Value | 'cancelled' | 'enrolled'> {
  try {
    return await work();
  } catch (error) {
    // The one error that an excluded credential has of its own (WebAuthn level 3, 5.1.3), once the person has agreed.
    if (error instanceof DOMException) return error.name === 'InvalidStateError' ? 'enrolled' : 'cancelled';
    throw error;
  }
}
