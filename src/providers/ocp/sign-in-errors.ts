import { WEB_PAGE } from '../../http/common-errors.ts';
import type { ErrorRow } from '../../http/failure.ts';

const signIn = ['signIn'];

const FREE_A_SLOT =
  'Log out a session here or in the account console, or wait until one has been idle for long enough. Then sign in once: refused tries can lock the account.';

/**
 * Refusals of the password grant, ordered. Codes and texts: docs/vendors/ocp.md, “Sign in”.
 *
 * The limit of sessions has a shape of its own in almost every version of the server, and only one of them has a code.
 * None of them may read as a wrong password: whoever then tries again gets the account locked.
 */
export const signInErrors: readonly ErrorRow[] = [
  {
    name: 'session-limit-coded',
    operations: signIn,
    error: ['generic_authentication_error'],
    happened: 'no',
    fault: 'limit',
    sentence: 'Too many sessions are open for this user, so the server refused to open another one.',
    next: `${FREE_A_SLOT} If no session can be open, ask the server’s operator which step of the sign-in denies access.`,
    quotesServer: true,
  },
  {
    name: 'session-limit-as-fault',
    operations: signIn,
    status: [500],
    error: ['unknown_error'],
    happened: 'unknown',
    fault: 'limit',
    sentence:
      'The server failed in the way in which its older versions refuse a session too many: most likely too many are open for this user.',
    next: `${FREE_A_SLOT} If no session can be open, the server’s operator finds the reason in its log.`,
  },
  {
    name: 'session-limit-as-page',
    operations: signIn,
    status: [403],
    contentType: WEB_PAGE,
    happened: 'no',
    fault: 'limit',
    sentence:
      'The server refused the sign-in with a web page, as it does when too many sessions are open for this user.',
    next: `${FREE_A_SLOT} If no session can be open, ask the server’s operator what refuses the call.`,
    quotesServer: true,
  },
  {
    name: 'session-limit-in-words',
    operations: signIn,
    status: [403],
    text: /^there are too many sessions$/i,
    happened: 'no',
    fault: 'limit',
    sentence: 'Too many sessions are open for this user, so the server refused to open another one.',
    next: FREE_A_SLOT,
  },
  {
    name: 'session-limit',
    operations: signIn,
    status: [403],
    contentType: /\bjson\b/i,
    text: /\S/,
    happened: 'no',
    fault: 'limit',
    sentence: 'Too many sessions are open for this user, so the server refused to open another one.',
    next: `${FREE_A_SLOT} If no session can be open, ask the server’s operator what refuses the call.`,
    quotesServer: true,
  },
  {
    name: 'session-limit-unsaid',
    operations: signIn,
    status: [403],
    happened: 'no',
    fault: 'limit',
    sentence:
      'The sign-in was refused (status 403), and not in the server’s own form: perhaps too many sessions are open for this user, perhaps a proxy or a rule about origins is in the way.',
    next: `${FREE_A_SLOT} If no session can be open, ask the server’s operator what refuses the call.`,
    quotesServer: true,
  },
  {
    name: 'account-disabled',
    operations: signIn,
    error: ['invalid_grant'],
    text: /^account disabled/i,
    happened: 'no',
    fault: 'permission',
    sentence: 'The account is disabled.',
    next: 'No session was opened. An administrator has to enable it; another password will not help.',
  },
  {
    name: 'account-not-set-up',
    operations: signIn,
    error: ['invalid_grant'],
    text: /^account is not fully set up/i,
    happened: 'no',
    fault: 'permission',
    sentence:
      'The account still has a step to take in the browser: a new password, a verified e-mail, a profile, a one-time code or terms to accept.',
    next: 'No session was opened. Sign in once at the account console, take that step, then come back.',
  },
  {
    name: 'wrong-password',
    operations: signIn,
    error: ['invalid_grant'],
    text: /^invalid user credentials/i,
    happened: 'no',
    fault: 'credential',
    sentence:
      'The server did not accept the user name, the password or the one-time code. It answers alike when the account is locked after failed tries.',
    next: 'No session was opened. Check all three; after two failed tries wait or ask support, because further ones can lock the account.',
  },
  {
    name: 'sign-in-refused',
    operations: signIn,
    error: ['invalid_grant'],
    happened: 'no',
    fault: 'credential',
    sentence: 'The server refused the sign-in.',
    next: 'No session was opened. Check what was typed, and ask support what its words mean before you try often.',
    quotesServer: true,
  },
  {
    name: 'username-missing',
    operations: signIn,
    error: ['invalid_request'],
    text: /^missing parameter: username/i,
    happened: 'no',
    fault: 'input',
    sentence: 'No user name reached the server.',
    next: 'No session was opened. Type the user name and sign in again.',
  },
  {
    name: 'direct-grant-off',
    operations: signIn,
    error: ['unauthorized_client'],
    text: /^client not allowed for direct access grants/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'The client may not sign in with user name and password on this server.',
    next: 'No session was opened. The server’s operator has to allow “direct access grants” for it, or name another client.',
  },
  {
    name: 'consent-required',
    operations: signIn,
    error: ['invalid_client'],
    text: /^client requires user consent/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'The client asks for the user’s consent, which a sign-in with user name and password cannot give.',
    next: 'No session was opened. The server’s operator has to switch “consent required” off for it, or name another client.',
  },
  {
    name: 'sign-in-failed',
    operations: signIn,
    status: [500, 502, 504],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it handled the sign-in (status {status}).',
    next: 'A session may have been opened; it then counts until it has been idle for long enough. Nothing is sent again by itself.',
  },
  {
    name: 'sign-in-lost',
    phase: ['sent'],
    operations: signIn,
    happened: 'unknown',
    fault: 'network',
    sentence: 'The sign-in was sent, and its answer was lost on the way{detail}.',
    next: 'A session may have been opened; it then counts until it has been idle for long enough. Nothing is sent again by itself.',
  },
];
