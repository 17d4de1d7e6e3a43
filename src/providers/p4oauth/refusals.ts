import type { CodeSignIn } from '../sign-in-way.ts';

/** The codes of RFC 6749 section 4.1.2.1; no text of the vendor names any. */
export const refusals: CodeSignIn['refusals'] = {
  access_denied: {
    sentence: 'The server did not accept the sign-in: it was called off, or login and password do not belong together.',
    next: 'No session was opened. Start again.',
  },
  invalid_request: {
    sentence: 'The server missed something in the request.',
    next: 'No session was opened. Check that the login was typed.',
  },
  unsupported_response_type: {
    sentence: 'The server does not offer this way in.',
    next: 'No session was opened. Try the other one.',
  },
  unauthorized_client: {
    sentence: 'The server does not let this console ask for a code.',
    next: 'No session was opened. Ask the server’s operator to put the redirect URI on its whitelist.',
  },
  server_error: {
    sentence: 'The server failed while it made the code.',
    next: 'No session was opened. Start again; if it stays like this, tell the server’s operator.',
  },
  temporarily_unavailable: {
    sentence: 'The server is not available at the moment.',
    next: 'No session was opened. Start again later.',
  },
};
