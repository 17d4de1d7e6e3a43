/** `/oauth2/authorize`: the checks in the server's order, then login, then consent, then the code. */
import { randomBytes } from 'node:crypto';
import { findApp, openGrant, scopes as knownScopes } from './oauth-store.ts';
import type { OAuthApp } from './oauth-store.ts';
import { consentPage, forbiddenPage, redirect } from './pages.ts';
import { isChallenge } from './pkce.ts';
import { webUser } from './web-sessions.ts';
import type { WebUser } from './web-sessions.ts';
import type { PendingConsent, World } from './world.ts';

interface Asked {
  readonly app: OAuthApp;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly prompt: readonly string[];
  readonly fields: URLSearchParams;
}

export function authorize(world: World, fields: URLSearchParams, headers: Headers): Response {
  const app = findApp(world, fields.get('client_id') ?? '');
  const redirectUri = fields.get('redirect_uri') ?? '';
  // Whoever cannot be trusted with a redirect gets none.
  if (app?.redirectUri !== redirectUri) return forbiddenPage();
  const prompt = (fields.get('prompt') ?? '').split(' ').filter((word) => word !== '');
  const asked: Asked = { app, redirectUri, state: fields.get('state'), prompt, fields };

  const error = unsupported(asked);
  if (error !== null) return sendBack(asked, { error });
  const user = webUser(world, headers);
  if (!user || mustLogIn(world, asked, user)) {
    return prompt.includes('none') ? sendBack(asked, { error: 'login_required' }) : askToLogIn(asked);
  }
  return afterLogin(world, asked, user);
}

function unsupported({ fields, prompt }: Asked): string | null {
  if (fields.get('response_type') !== 'code') return 'invalid_request';
  for (const name of ['request', 'request_uri', 'registration']) if (fields.has(name)) return `${name}_not_supported`;
  return prompt.includes('none') && prompt.length > 1 ? 'invalid_request' : null;
}

function mustLogIn({ clock }: World, { prompt, fields }: Asked, { session }: WebUser): boolean {
  if (prompt.includes('login')) return true;
  const maxAge = fields.get('max_age');
  return maxAge !== null && clock.nowSeconds() - session.signedInAt >= Number(maxAge);
}

/** Comes back without the wish to log in, or it would never end. */
function askToLogIn({ fields, prompt }: Asked): Response {
  const again = new URLSearchParams(fields);
  const rest = prompt.filter((word) => word !== 'login');
  if (rest.length > 0) again.set('prompt', rest.join(' '));
  else again.delete('prompt');
  const returnTo = `/oauth2/authorize?${again}`;
  return redirect(`/account/login.php?${new URLSearchParams({ return_to: returnTo })}`);
}

function afterLogin(world: World, asked: Asked, user: WebUser): Response {
  const { app, fields, prompt, redirectUri, state } = asked;
  const scopes = [...new Set((fields.get('scope') ?? '').split(' '))];
  if (scopes.some((scope) => !knownScopes.includes(scope))) return sendBack(asked, { error: 'invalid_scope' });

  const challenge = fields.get('code_challenge');
  const isFine =
    challenge === null ? !app.forcePkce : fields.get('code_challenge_method') === 'S256' && isChallenge(challenge);
  if (!isFine) return sendBack(asked, { error: 'invalid_request' });

  const wish = {
    appId: app.id,
    userId: user.person.id,
    redirectUri,
    scopes,
    state,
    challenge,
    nonce: fields.get('nonce'),
  };
  const known = world.consents.get(consentKey(wish));
  const mustAsk =
    prompt.includes('consent') || scopes.includes('offline_access') || !scopes.every((scope) => known?.has(scope));
  if (!mustAsk) return grant(world, wish, user);
  if (prompt.includes('none')) return sendBack(asked, { error: 'interaction_required' });
  const consent = randomBytes(16).toString('hex');
  world.pendingConsents.set(consent, wish);
  return consentPage(app, user.person.realName, scopes, consent);
}

/** The form of the consent page. */
export function processConsent(world: World, form: URLSearchParams, headers: Headers): Response {
  const consent = form.get('consent') ?? '';
  const wish = world.pendingConsents.get(consent);
  const user = webUser(world, headers);
  world.pendingConsents.delete(consent);
  if (!wish || user?.person.id !== wish.userId) return forbiddenPage();
  if (form.get('answer') !== 'authorize') return sendBack(wish, { error: 'access_denied' });
  const key = consentKey(wish);
  world.consents.set(key, new Set([...(world.consents.get(key) ?? []), ...wish.scopes]));
  return grant(world, wish, user);
}

const consentKey = ({ userId, appId }: Pick<PendingConsent, 'userId' | 'appId'>): string => `${userId} ${appId}`;

function grant(world: World, wish: PendingConsent, { session }: WebUser): Response {
  return sendBack(wish, { code: openGrant(world, { ...wish, signedInAt: session.signedInAt }) });
}

/** Keeps the query that the endpoint has; an error never comes with a description. */
function sendBack(
  { redirectUri, state }: Pick<Asked, 'redirectUri' | 'state'>,
  fields: Record<string, string>,
): Response {
  const query = new URLSearchParams({ ...fields, ...(state === null ? {} : { state }) });
  return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`);
}
