/** `GET /p4token`: the p4d ticket of one whitelisted application, for whoever holds an access token. */
import { json, page, refuse, text } from './answers.ts';
import { liveAccessToken, ticketFor } from './world.ts';
import type { World } from './world.ts';

export function p4token(world: World, query: URLSearchParams, headers: Headers): Response {
  const { settings } = world;
  // The token response says `bearer`; the header is `Bearer`.
  const presented = /^Bearer +(\S+)$/.exec(headers.get('authorization') ?? '')?.[1];
  const token = presented === undefined ? null : liveAccessToken(world, presented);
  if (!token) {
    return refuse(settings, {
      ...{ status: 401, error: 'invalid_token', description: 'The access token is not valid' },
      authenticate: 'Bearer realm="P4OAuth", error="invalid_token"',
    });
  }
  const host = world.hosts.get(query.get('redirect_uri') ?? '');
  if (host === undefined) {
    return refuse(settings, {
      ...{ status: 400, error: 'invalid_request', description: 'redirect_uri is not on the whitelist' },
    });
  }
  if (query.get('client_id') !== token.login) {
    return refuse(settings, {
      status: 403,
      error: 'access_denied',
      description: 'client_id is not the login of this token',
    });
  }
  switch (settings.ticketAs) {
    case 'text':
      return text(`${ticketFor(world, token.login, host)}\n`);
    case 'json':
      return json({ perforce_token: ticketFor(world, token.login, host) });
    case 'login-page':
      return page('Log in to Perforce', '<form><input name="login"><input name="password" type="password"></form>');
    case 'empty':
      return text('');
    default:
      return settings.ticketAs satisfies never;
  }
}
