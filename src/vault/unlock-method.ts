import { fromBase64Url } from '../lib/base64.ts';
import { boundTo, type Bytes } from './format.ts';

export const IV_BYTES = 12;

export interface Wrapped {
  readonly id: string;
  readonly createdAtMs: number;
  /** Base64url, as is `wrapped`: the vault key under AES-256-GCM with this method's own key. */
  readonly iv: string;
  readonly wrapped: string;
}

export interface PassphraseMethod extends Wrapped {
  readonly type: 'passphrase';
  /** PBKDF2-HMAC-SHA-256 over the NFKC form in UTF-8. */
  readonly params: { readonly salt: string; readonly iterations: number };
}

export interface PasskeyMethod extends Wrapped {
  readonly type: 'passkey';
  /** WebAuthn PRF evaluated at `input`, for the credential of this id on this host name. */
  readonly params: { readonly credential: string; readonly input: string; readonly host: string };
}

/** A way to open the vault. Any one of them opens it, so the vault is as strong as the weakest. */
export type UnlockMethod = PassphraseMethod | PasskeyMethod;
export type MethodShape = Pick<PassphraseMethod, 'type' | 'params'> | Pick<PasskeyMethod, 'type' | 'params'>;

/** Whoever changes a method's kind or parameters breaks its seal. */
export const boundToMethod = (vaultId: string, id: string, { type, params }: MethodShape): Bytes =>
  boundTo(['keyward/unlock/1', vaultId, id, type, canonical(params)]);

/** The same parameters give the same text, whatever the order in which they were stored. */
const canonical = (params: object): string =>
  JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The vault key, or undefined where this method's key does not open it. The caller overwrites the bytes after use. */
export async function unwrapVaultKey(
  vaultId: string,
  method: UnlockMethod,
  methodKey: CryptoKey,
): Promise<Bytes | undefined> {
  const iv = fromBase64Url(method.iv);
  const wrapped = fromBase64Url(method.wrapped);
  if (!iv || !wrapped) return undefined;
  const additionalData = boundToMethod(vaultId, method.id, method);
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: Uint8Array.from(iv), additionalData },
      methodKey,
      Uint8Array.from(wrapped),
    );
    return new Uint8Array(opened);
  } catch {
    // WebCrypto says nothing but "OperationError", for a wrong key and for changed bytes alike.
    return undefined;
  }
}
