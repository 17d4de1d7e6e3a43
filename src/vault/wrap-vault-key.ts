import { toBase64Url } from '../lib/base64.ts';
import { randomName, type RandomBytes } from '../lib/random.ts';
import type { Bytes } from './format.ts';
import { boundToMethod, IV_BYTES, type MethodShape, type Wrapped } from './unlock-method.ts';

/** The vault key under a method's own key. */
export async function wrapVaultKey<Of extends MethodShape>(
  vaultId: string,
  vaultKey: Bytes,
  methodKey: CryptoKey,
  shape: Of,
  { random, nowMs }: { readonly random: RandomBytes; readonly nowMs: number },
): Promise<Of & Wrapped> {
  const id = randomName(random);
  const iv = Uint8Array.from(random(IV_BYTES));
  const additionalData = boundToMethod(vaultId, id, shape);
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, methodKey, vaultKey);
  return { ...shape, id, createdAtMs: nowMs, iv: toBase64Url(iv), wrapped: toBase64Url(new Uint8Array(wrapped)) };
}
