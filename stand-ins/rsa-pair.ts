import { generateKeyPairSync, type KeyObject } from 'node:crypto';

interface RsaPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

let pair: RsaPair | null = null;

/**
 * For signatures that a reader may check: RSA, 2,048 bits. Made when it is first asked for, which takes a third of a second
 * of processor time, and then the same for all stand-ins of this process. They are told apart by issuer and `kid`.
 */
export function rsaPair(): RsaPair {
  return (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
}
