import type { IncomingHttpHeaders } from 'node:http';

/** What every answer may bring back: its type, its time, when to come again, pagination, rate limits. */
const welcome =
  /^(?:content-type|date|retry-after|retryafter|x-pagination-(?:limit|offset|size|limit-max)|(?:x-)?rate-?limit(?:-[a-z-]+)?)$/;

const VALUE_MAX = 2_048;

/**
 * The reply headers that the page gets, names in lower case. `Set-Cookie` and `Location` never. `WWW-Authenticate` comes
 * as `x-vendor-authenticate`: under its own name on a 401 it would open the browser's password dialog.
 */
export function pickReplyHeaders(
  headers: IncomingHttpHeaders,
  alsoWelcome: readonly string[] = [],
): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = (Array.isArray(value) ? value.join(', ') : value).slice(0, VALUE_MAX);
    if (name === 'www-authenticate') picked['x-vendor-authenticate'] = text;
    else if (welcome.test(name) || alsoWelcome.includes(name)) picked[name] = text;
  }
  return picked;
}
