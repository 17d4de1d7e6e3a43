const DIGITS = 16;

/**
 * Tells secrets apart without keeping them: the first 16 hexadecimal digits of the SHA-256 of the text as UTF-8. For what
 * a machine made and nobody can guess; never for a password, which a list of words would find behind it.
 */
export async function fingerprintOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, DIGITS);
}
