import type { CodeSignIn } from '../sign-in-way.ts';

const TOO_OLD = 'Tuleap did not take the request for a sign-in as this console makes it.';
const ASK_OPERATOR = 'No session was opened. Report it with the version of Tuleap that Settings shows.';

/** The codes with which Tuleap sends the browser back without a code. It never describes them. */
export const refusals: CodeSignIn['refusals'] = {
  access_denied: {
    sentence: 'The access was not allowed on Tuleap’s page.',
    next: 'No session was opened. Start again if it is wanted after all.',
  },
  invalid_scope: {
    sentence: 'This Tuleap does not know one of the scopes: its plugin may not be installed.',
    next: 'No session was opened. Choose fewer scopes and start again.',
  },
  invalid_request: {
    sentence: TOO_OLD,
    next: ASK_OPERATOR,
  },
  login_required: {
    sentence: 'Nobody is signed in at Tuleap in this browser.',
    next: 'No session was opened. Sign in at Tuleap, then start again here.',
  },
  interaction_required: {
    sentence: 'Tuleap wanted to ask something and was not allowed to.',
    next: 'No session was opened. Start again, and answer on Tuleap’s page.',
  },
  request_not_supported: { sentence: TOO_OLD, next: ASK_OPERATOR },
  request_uri_not_supported: { sentence: TOO_OLD, next: ASK_OPERATOR },
  registration_not_supported: { sentence: TOO_OLD, next: ASK_OPERATOR },
};
