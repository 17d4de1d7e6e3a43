/** `POST /grants/token`: a code for an access token and the ticket of the application's own host. */
import { json, refuse } from './answers.ts';
import type { Refused } from './answers.ts';
import { issueAccessToken, takeCode, ticketFor } from './world.ts';
import type { World } from './world.ts';

export function tokenEndpoint(world: World, form: URLSearchParams, headers: Headers): Response {
  const refused = checkClient(world, form, headers) ?? checkRequest(form);
  if (refused) return refuse(world.settings, refused);

  const redirectUri = form.get('redirect_uri');
  const code = takeCode(world, form.get('code') ?? '');
  const host = world.hosts.get(code?.redirectUri ?? '');
  if (!code || host === undefined || code.redirectUri !== redirectUri || code.login !== form.get('client_id')) {
    return refuse(world.settings, { status: 400, error: 'invalid_grant', description: 'The code is not valid' });
  }
  const { accessTokenSeconds, reportsExpiry } = world.settings;
  return json({
    token_type: 'bearer',
    access_token: issueAccessToken(world, code.login),
    perforce_token: ticketFor(world, code.login, host),
    ...(reportsExpiry && accessTokenSeconds !== null ? { expires_in: accessTokenSeconds } : {}),
  });
}

function checkRequest(form: URLSearchParams): Refused | null {
  const missing = ['grant_type', 'code', 'redirect_uri', 'client_id'].find((name) => !form.get(name));
  if (missing !== undefined) return { status: 400, error: 'invalid_request', description: `${missing} is missing` };
  if (form.get('grant_type') === 'authorization_code') return null;
  return { status: 400, error: 'unsupported_grant_type', description: 'grant_type must be authorization_code' };
}

/** "This may change soon to include HTTP basic authentication": RFC 6749 section 2.3.1, with the login as client. */
function checkClient({ settings }: World, form: URLSearchParams, headers: Headers): Refused | null {
  if (settings.clientAuthentication === 'none') return null;
  const encoded = /^Basic +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const at = pair.indexOf(':');
  const isRight =
    at > 0 && says(pair.slice(0, at), form.get('client_id') ?? '') && says(pair.slice(at + 1), settings.clientSecret);
  if (isRight) return null;
  return {
    ...{ status: 401, error: 'invalid_client', description: 'Client authentication failed' },
    authenticate: 'Basic realm="P4OAuth"',
  };
}

/** RFC 6749 wants both halves form-encoded before they are joined; many clients join them as they are. */
const says = (half: string, expected: string): boolean =>
  half === expected || new URLSearchParams(`half=${half.replaceAll('&', '%26')}`).get('half') === expected;
