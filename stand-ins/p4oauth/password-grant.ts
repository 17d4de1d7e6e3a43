/** The password grant: an application posts login and password, and the answer is a redirect with a code. */
import { notFound, redirectBack, refuse } from './answers.ts';
import type { Refused } from './answers.ts';
import { issueCode, signIn } from './world.ts';
import type { World } from './world.ts';

export function passwordGrant(world: World, form: URLSearchParams): Response {
  if (!world.settings.passwordGrant) return notFound();
  const redirectUri = form.get('redirect_uri');
  if (redirectUri === null || !world.hosts.has(redirectUri)) {
    return refuse(world.settings, {
      ...{ status: 400, error: 'invalid_request' },
      description: 'redirect_uri is not on the whitelist',
    });
  }
  const state = form.get('state');
  const refused = check(world, form);
  if (!refused) {
    return redirectBack(redirectUri, { code: issueCode(world, form.get('client_id') ?? '', redirectUri), state });
  }
  if (world.settings.refusal === 'status') return refuse(world.settings, refused);
  return redirectBack(redirectUri, { error: refused.error, error_description: refused.description, state });
}

function check(world: World, form: URLSearchParams): Refused | null {
  if (form.get('response_type') !== 'password') {
    return { status: 400, error: 'unsupported_response_type', description: 'response_type must be password' };
  }
  const login = form.get('client_id');
  const password = form.get('password');
  if (!login || password === null) {
    return { status: 400, error: 'invalid_request', description: 'client_id and password are required' };
  }
  if (!signIn(world, login, password)) {
    return { status: 401, error: 'access_denied', description: 'Login and password do not match' };
  }
  return null;
}
