/** The authorization code: a page of this server asks for login and password and sends the browser back with a code. */
import { escapeHtml, page, redirectBack } from './answers.ts';
import { issueCode, signIn } from './world.ts';
import type { World } from './world.ts';

interface Asked {
  readonly redirectUri: string;
  /** The login that the application expects; the vendor calls it `client_id`. */
  readonly clientId: string;
  readonly state: string | null;
}

/** A URI that is not whitelisted is never redirected to. */
function readAsked(world: World, fields: URLSearchParams): Asked | Response {
  const redirectUri = fields.get('redirect_uri');
  if (redirectUri === null || !world.hosts.has(redirectUri)) {
    return page('Application not known', '<p>This redirect URI is not on the whitelist of this server.</p>', 400);
  }
  const state = fields.get('state');
  if (fields.get('response_type') !== 'code') {
    return redirectBack(redirectUri, {
      error: 'unsupported_response_type',
      error_description: 'response_type must be code',
      state,
    });
  }
  const clientId = fields.get('client_id');
  if (!clientId) {
    return redirectBack(redirectUri, { error: 'invalid_request', error_description: 'client_id is missing', state });
  }
  return { redirectUri, clientId, state };
}

export function startCodeGrant(world: World, query: URLSearchParams): Response {
  const asked = readAsked(world, query);
  return asked instanceof Response ? asked : loginPage(world, asked, null);
}

export function submitLogin(world: World, form: URLSearchParams): Response {
  const asked = readAsked(world, form);
  if (asked instanceof Response) return asked;
  const { redirectUri, clientId, state } = asked;
  if (form.has('cancel')) {
    return redirectBack(redirectUri, { error: 'access_denied', error_description: 'The user cancelled', state });
  }
  const login = form.get('login') ?? '';
  if (login !== clientId) return loginPage(world, asked, `The application asked for ${clientId}.`);
  if (!signIn(world, login, form.get('password') ?? '')) {
    return loginPage(world, asked, 'Login and password do not match. Try again.');
  }
  return redirectBack(redirectUri, { code: issueCode(world, login, redirectUri), state });
}

function loginPage(world: World, { redirectUri, clientId, state }: Asked, notice: string | null): Response {
  const hidden = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    ...(state === null ? {} : { state }),
  };
  const inputs = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return page(
    'Log in to Perforce',
    `<p>For the application at ${escapeHtml(world.hosts.get(redirectUri) ?? '')}</p>
    ${notice === null ? '' : `<p role="alert">${escapeHtml(notice)}</p>`}
    <form method="post" action="/grants/authorization_code">${inputs.join('')}
    <p><label>Login <input name="login" value="${escapeHtml(clientId)}" autocomplete="username"></label></p>
    <p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
    <button>Log in</button> <button name="cancel" value="1">Cancel</button></form>`,
  );
}
