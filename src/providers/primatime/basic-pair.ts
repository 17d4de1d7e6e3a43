const BASE64 = /^[A-Za-z0-9+/]{4,}={0,2}$/;

/**
 * The user name and password that a Basic header carries (RFC 7617), where a word is such a pair. Visible characters
 * alone: a key that happens to be base64 too does not decode to them.
 */
export function basicPair(word: string): { readonly user: string; readonly password: string } | undefined {
  if (!BASE64.test(word)) return undefined;
  try {
    const [, user, password] = /^([\x21-\x39\x3B-\x7E]+):([\x20-\x7E]*)$/.exec(atob(word)) ?? [];
    return user === undefined || password === undefined ? undefined : { user, password };
  } catch {
    return undefined;
  }
}
