import type { Reply } from '../../http/call.ts';
import type { CauseCode } from '../../http/envelope.ts';
import type { Fault, Happened } from '../../http/failure.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import type { operations } from './operations.ts';

/** A reply as the server sends it, and the line of the table that must hold for it. */
export interface ErrorSample {
  readonly operation: keyof typeof operations;
  readonly reply: Reply;
  readonly code: string;
  readonly fault: Fault;
  readonly happened: Happened;
}

type Row = readonly [reply: Reply, code: string, fault: Fault, happened?: Happened];

const of = (operation: ErrorSample['operation'], rows: readonly Row[]): readonly ErrorSample[] =>
  rows.map(([reply, code, fault, happened = 'no']) => ({ operation, reply, code, fault, happened }));

const oauth = (status: number, error: string, error_description?: string): Reply =>
  sampleReply(status, { error, error_description });
const grant = (status: number, description: string): Reply => oauth(status, 'invalid_grant', description);
const lost = (code: CauseCode, status: number | null = null): Reply =>
  sampleReply(status, '', { phase: 'sent', cause: { code } });

const INVALID_CLIENT = 'Invalid client or Invalid client credentials';
const OTHER_CLIENT = "Invalid refresh token. Token client and authorized client don't match";
const OTHER_ISSUER = "Invalid token issuer. Expected 'http://localhost:8180/auth/realms/master'";

export const signInSamples = of('signIn', [
  // Wrong password, unknown user, locked account, wrong one-time code: 401, and 400 from 26.6.
  [grant(401, 'Invalid user credentials'), 'wrong-password', 'credential'],
  [grant(400, 'Invalid user credentials'), 'wrong-password', 'credential'],
  [grant(400, 'Account disabled'), 'account-disabled', 'permission'],
  [grant(400, 'Account is not fully set up'), 'account-not-set-up', 'permission'],
  [grant(400, 'Something new'), 'sign-in-refused', 'credential'],
  [oauth(401, 'invalid_request', 'Missing parameter: username'), 'username-missing', 'input'],
  [
    oauth(400, 'unauthorized_client', 'Client not allowed for direct access grants'),
    'direct-grant-off',
    'configuration',
  ],
  [oauth(400, 'invalid_client', 'Client requires user consent'), 'consent-required', 'configuration'],
  // Unknown or disabled client, client_id missing; the line after it is how older servers say it.
  [oauth(401, 'invalid_client', INVALID_CLIENT), 'client-unknown', 'configuration'],
  [oauth(400, 'unauthorized_client', 'Invalid client credentials'), 'client-not-allowed', 'configuration'],
  [oauth(401, 'unauthorized_client', INVALID_CLIENT), 'client-secret-needed', 'configuration'],
  [oauth(400, 'invalid_client', 'Bearer-only not allowed'), 'bearer-only-client', 'configuration'],
  [oauth(400, 'invalid_request', 'Missing form parameter: grant_type'), 'grant-type-missing', 'configuration'],
  [oauth(400, 'unsupported_grant_type', 'Unsupported grant_type'), 'grant-type-unsupported', 'configuration'],
  [oauth(400, 'invalid_request', 'duplicated parameter'), 'request-invalid', 'configuration'],
  [oauth(400, 'invalid_scope', 'Invalid scopes: foo'), 'scope-invalid', 'configuration'],
  [oauth(403, 'invalid_request', 'HTTPS required'), 'https-required', 'configuration'],
  [oauth(403, 'access_denied', 'Realm not enabled'), 'realm-disabled', 'configuration'],
  [oauth(401, 'access_denied', 'Access denied'), 'access-denied', 'permission'],
  [oauth(403, 'invalid_request', 'Client not allowed.'), 'request-forbidden', 'configuration'],
  [oauth(404, 'Realm does not exist'), 'realm-unknown', 'configuration'],
  [sampleReply(404, '<html><body>Resource not found</body></html>'), 'path-unknown', 'configuration'],
  [oauth(404, 'HTTP 404 Not Found'), 'path-unknown', 'configuration'],
  // From 26.6.3, where a proxy adds an Origin that the client does not list.
  [oauth(403, 'Invalid origin'), 'origin-refused', 'configuration'],
  [sampleReply(401, '<html>Authorization required</html>'), 'sign-in-unexplained', 'configuration'],
  [oauth(500, 'HTTP 500', 'For more on this error consult the server log.'), 'sign-in-failed', 'provider', 'unknown'],
  [sampleReply(502, '<html>Bad gateway</html>'), 'sign-in-failed', 'provider', 'unknown'],
  [lost('timeout'), 'sign-in-lost', 'network', 'unknown'],
]);

const LIMIT_PAGE = `<!DOCTYPE html><html class="login-pf"><head><title>Sign in to master</title><style>.x{}</style></head>
<body><h1>We are sorry...</h1><p class="instruction">There are too many sessions</p></body></html>`;

/** The sixth sign-in, in every shape that a version of the server gives it. */
export const limitSamples = of('signIn', [
  [oauth(403, 'There are too many sessions'), 'session-limit-in-words', 'limit'],
  [oauth(403, 'セッションが多すぎます'), 'session-limit', 'limit'],
  [oauth(403, 'Log out first, says your operator'), 'session-limit', 'limit'],
  [sampleReply(403, '', { headers: {} }), 'session-limit-unsaid', 'limit'],
  // Of something on the way, most likely: the server itself never answers so.
  [sampleReply(403, 'nope', { headers: { 'content-type': 'text/plain' } }), 'session-limit-unsaid', 'limit'],
  [sampleReply(403, { message: 'Forbidden' }), 'session-limit-unsaid', 'limit'],
  [sampleReply(403, LIMIT_PAGE), 'session-limit-as-page', 'limit'],
  // Until about 22, and 17.0.
  [oauth(401, 'generic_authentication_error', 'sessionLimitExceeded'), 'session-limit-coded', 'limit'],
  [oauth(500, 'unknown_error'), 'session-limit-as-fault', 'limit', 'unknown'],
]);

const refreshSamples = of('refresh', [
  [oauth(400, 'invalid_request', 'No refresh token'), 'refresh-token-missing', 'configuration'],
  [grant(400, 'Invalid refresh token'), 'refresh-token-invalid', 'credential'],
  [grant(400, 'Token is not active'), 'refresh-token-over', 'credential'],
  [grant(400, 'Session not active'), 'session-over', 'credential'],
  [grant(400, "Session doesn't have required client"), 'session-detached', 'credential'],
  [grant(400, 'Client session not active'), 'client-session-over', 'credential'],
  [grant(400, 'Maximum allowed refresh token reuse exceeded'), 'refresh-token-reused', 'credential'],
  [grant(400, 'Stale token'), 'refresh-token-stale', 'credential'],
  [grant(400, OTHER_CLIENT), 'client-changed', 'configuration'],
  [grant(400, OTHER_ISSUER), 'issuer-changed', 'configuration'],
  [grant(400, 'User disabled'), 'user-disabled', 'credential'],
  [grant(400, 'Something new'), 'refresh-refused', 'credential'],
  [oauth(400, 'invalid_scope', 'Client no longer has requested consent from user'), 'consent-lost', 'configuration'],
  [oauth(401, 'invalid_client', INVALID_CLIENT), 'client-unknown', 'configuration'],
  [oauth(401, 'unauthorized_client', INVALID_CLIENT), 'client-secret-needed', 'configuration'],
  [sampleReply(401, ''), 'refresh-unexplained', 'configuration'],
  // From the common table: what may have happened after all.
  [sampleReply(400, { hint: 'none' }), 'refused', 'provider', 'unknown'],
  [sampleReply(500, ''), 'refresh-failed', 'provider', 'unknown'],
  [sampleReply(503, ''), 'server-error', 'provider', 'unknown'],
  [sampleReply(503, '', { headers: { 'retry-after': '5' } }), 'unavailable', 'throttle'],
  [sampleReply(200, '<html>Log in</html>'), 'web-page', 'provider', 'unknown'],
  [lost('cut', 200), 'refresh-lost', 'network', 'unknown'],
]);

const logOutSamples = of('logOut', [
  [grant(400, 'Invalid refresh token'), 'log-out-token-unknown', 'credential'],
  [grant(400, OTHER_ISSUER), 'issuer-changed', 'configuration'],
  [grant(400, OTHER_CLIENT), 'client-changed', 'configuration'],
  // Their spelling.
  [grant(400, 'Toked issued before the user session started'), 'log-out-token-too-old', 'credential'],
  [grant(400, 'Something new'), 'log-out-refused', 'credential'],
  [sampleReply(200, '<html>Do you want to log out?</html>'), 'log-out-unconfirmed', 'provider'],
  [oauth(401, 'invalid_client', INVALID_CLIENT), 'client-unknown', 'configuration'],
  [lost('gateway-unreachable'), 'log-out-lost', 'network', 'unknown'],
]);

/** What the account API and the admin API answer to whom they refuse. */
const accountRefusals: readonly Row[] = [
  [oauth(401, 'HTTP 401 Unauthorized'), 'access-token-refused', 'access'],
  [oauth(403, 'HTTP 403 Forbidden'), 'account-not-allowed', 'permission'],
  [oauth(404, 'HTTP 404 Not Found'), 'account-api-missing', 'configuration'],
  [oauth(404, 'Realm does not exist'), 'realm-unknown', 'configuration'],
];
const adminRefusals: readonly Row[] = [
  [oauth(401, 'HTTP 401 Unauthorized'), 'admin-token-refused', 'access'],
  [oauth(404, 'Realm not found.'), 'admin-realm-unknown', 'configuration'],
  [oauth(404, 'HTTP 404 Not Found'), 'admin-api-missing', 'configuration'],
];
const unseen: Row = [oauth(403, 'HTTP 403 Forbidden'), 'others-not-seen', 'permission'];
const unended: Row = [oauth(403, 'HTTP 403 Forbidden'), 'others-not-ended', 'permission'];
const nobody: Row = [oauth(404, 'User not found'), 'person-unknown', 'input'];

const accountSamples = [
  ...of('accountSessions', accountRefusals),
  ...of('endOwnSession', accountRefusals),
  ...of('findUsers', [...adminRefusals, unseen]),
  ...of('readUser', [...adminRefusals, unseen, nobody]),
  ...of('userSessions', [...adminRefusals, unseen, nobody]),
  ...of('lockState', [...adminRefusals, unseen, nobody]),
  ...of('endAllSessions', [...adminRefusals, unended, nobody]),
  ...of('unlock', [...adminRefusals, unended, nobody]),
  ...of('endSession', [...adminRefusals, unended, [oauth(404, 'Sesssion not found'), 'session-gone-already', 'input']]),
];

/** Every reply of the contract that is no success. */
export const errorSamples: readonly ErrorSample[] = [
  ...signInSamples,
  ...limitSamples,
  ...refreshSamples,
  ...logOutSamples,
  ...accountSamples,
];
