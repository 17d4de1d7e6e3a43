/**
 * The bytes of the vault that everything else rests on: what is bound to a ciphertext, and how a secret is padded. The
 * format is described for another reader in `docs/vault-format.md`; known-answer vectors guard it.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of our own memory: what WebCrypto accepts. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOf = (text: string): Bytes => encoder.encode(text);

/** Throws a TypeError where the bytes are not UTF-8. */
const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/**
 * Additional data of a ciphertext: each part with its length before it (4 bytes, big endian), so that no two lists of
 * parts give the same bytes.
 */
export function boundTo(parts: readonly string[]): Bytes {
  const encoded = parts.map(bytesOf);
  const whole = new Uint8Array(encoded.reduce((length, part) => length + 4 + part.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const part of encoded) {
    view.setUint32(at, part.length);
    whole.set(part, at + 4);
    at += 4 + part.length;
  }
  return whole;
}

const STEP = 256;

/** The text with its length before it, filled up to a multiple of 256 bytes: a ciphertext's length tells little. */
export function pad(text: string): Bytes {
  const bytes = bytesOf(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 4) / STEP) * STEP);
  new DataView(padded.buffer).setUint32(0, bytes.length);
  padded.set(bytes, 4);
  return padded;
}

/** What `pad` was given. Throws where the bytes were not made by it. */
export function unpad(padded: Uint8Array): string {
  const length = new DataView(padded.buffer, padded.byteOffset, padded.byteLength).getUint32(0);
  if (length + 4 > padded.length) throw new RangeError('The padded length does not fit');
  return textOf(padded.subarray(4, 4 + length));
}
