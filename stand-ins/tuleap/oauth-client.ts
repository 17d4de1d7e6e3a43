/** Every client is confidential: HTTP Basic, not URL-decoded, and nothing in the body counts. */
import { findApp } from './oauth-store.ts';
import type { OAuthApp } from './oauth-store.ts';
import { prefixes, readSplitToken } from './split-token.ts';
import type { World } from './world.ts';

export function authenticateClient(world: World, headers: Headers): OAuthApp | null {
  const encoded = /^Basic +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const at = pair.indexOf(':');
  const app = at < 0 ? null : findApp(world, pair.slice(0, at));
  const secret = pair.slice(at + 1);
  return app && readSplitToken(prefixes.clientSecret, secret) && app.secret === secret ? app : null;
}

export type OAuthError = 'invalid_client' | 'invalid_request' | 'invalid_grant' | 'invalid_scope';

const contentType = 'application/json;charset=UTF-8';

/** The third shape of an error: a code, and no description. */
export function oauthError(error: OAuthError, endpoint: string): Response {
  const isClient = error === 'invalid_client';
  return new Response(JSON.stringify({ error }), {
    status: isClient ? 401 : 400,
    headers: {
      'content-type': contentType,
      'cache-control': 'no-store',
      ...(isClient ? { 'www-authenticate': `Basic realm="Tuleap OAuth2 ${endpoint} Endpoint"` } : {}),
    },
  });
}

export const oauthReply = (body: object): Response =>
  new Response(JSON.stringify(body), {
    headers: { 'content-type': contentType, 'cache-control': 'no-store', pragma: 'no-cache' },
  });
