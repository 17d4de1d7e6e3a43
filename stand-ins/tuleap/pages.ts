/** Pages for the person in front of the browser. */
import { clientIdOf } from './oauth-store.ts';
import type { OAuthApp } from './oauth-store.ts';

const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

export const page = (
  title: string,
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${escapeHtml(title)}</title></head>` +
      `<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
    { status, headers: { 'cache-control': 'no-store', ...headers, 'content-type': 'text/html;charset=UTF-8' } },
  );

export const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status: 302, headers: { 'cache-control': 'no-store', ...headers, location } });

export const forbiddenPage = (): Response => page('Forbidden', '<p>You are not allowed to see this page.</p>', 403);

export const notFoundPage = (): Response => page('Not found', '<p>There is no such page.</p>', 404);

export const loginPage = (returnTo: string, notice: string | null): Response =>
  page(
    'Log in',
    `${notice === null ? '' : `<p role="alert">${escapeHtml(notice)}</p>`}
    <form method="post" action="/account/login.php">
    <input type="hidden" name="return_to" value="${escapeHtml(returnTo)}">
    <p><label>Username <input name="form_loginname" autocomplete="username"></label></p>
    <p><label>Password <input name="form_pw" type="password" autocomplete="current-password"></label></p>
    <button>Log in</button></form>`,
  );

const scopeWords: Readonly<Record<string, string>> = {
  openid: 'Know who you are',
  profile: 'Read your profile',
  email: 'Read your email address',
  offline_access: 'Keep this access while you are away',
  'read:project': 'Read projects',
  'read:user_membership': 'Read your memberships',
  'read:tracker': 'Read trackers and artifacts',
  'read:mediawiki_standalone': 'Read MediaWiki',
};

export function consentPage(app: OAuthApp, username: string, scopes: readonly string[], consent: string): Response {
  const rows = scopes.map(
    (scope) => `<li>${escapeHtml(scopeWords[scope] ?? scope)} <code>${escapeHtml(scope)}</code></li>`,
  );
  return page(
    `Authorize ${app.name}`,
    `<p>${escapeHtml(username)}, the application <strong>${escapeHtml(app.name)}</strong> asks to:</p>
    <ul>${rows.join('')}</ul>
    <form method="post" action="/oauth2/authorize-process-consent">
    <input type="hidden" name="consent" value="${escapeHtml(consent)}">
    <button name="answer" value="authorize">Authorize</button> <button name="answer" value="deny">Deny</button></form>`,
    200,
    // A form's redirects count, so the application's endpoint must be named.
    {
      'content-security-policy': `default-src 'none'; img-src data:; form-action 'self' ${app.redirectUri}; frame-ancestors 'none'`,
    },
  );
}

/** What a project administrator registers, and where. */
export function registrationPage(apps: readonly OAuthApp[]): Response {
  const rows = apps.map(
    (app) =>
      `<tr><td>${escapeHtml(app.name)}</td><td><code>${escapeHtml(clientIdOf(app))}</code></td>` +
      `<td><code>${escapeHtml(app.redirectUri)}</code></td><td>${app.forcePkce ? 'PKCE forced' : ''}</td></tr>`,
  );
  return page(
    'OAuth2 applications',
    `<table><thead><tr><th>Name</th><th>Client ID</th><th>Redirection endpoint</th><th>PKCE</th></tr></thead>
    <tbody>${rows.join('')}</tbody></table>`,
  );
}
