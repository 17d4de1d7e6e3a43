import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { inputFailure } from '../input-failure.ts';
import type { CodeSignIn, FormValues } from '../sign-in-way.ts';
import { withQuery } from '../with-query.ts';
import { readTokens } from './oauth-tokens.ts';
import { refusals } from './refusals.ts';
import { readScopes, scopes, usualScopes } from './scopes.ts';
import { readOwner } from './who.ts';

export const signInWithOAuth2: CodeSignIn = {
  kind: 'code',
  id: 'oauth2',
  label: 'OAuth2',
  standing: 'accepted',
  reason:
    'You sign in on Tuleap’s own page, and only a token for the scopes that you choose comes here, all of which only read. A project administrator has to register this console first.',
  sends: 'Opens …/oauth2/authorize in a new tab, then sends POST …/oauth2/token with the code that comes back',
  fields: [
    {
      name: 'scope',
      label: 'Scopes',
      autoComplete: 'off',
      kind: 'choices',
      required: true,
      choices: scopes,
      initial: () => usualScopes,
    },
  ],
  obtain: {
    by: 'visit',
    href(values, connection, { state, redirectUri, challenge }) {
      const wish = wishOf(values, connection);
      if (!wish.ok) return wish;
      return succeed(
        withQuery(`${connection.baseUrl}/oauth2/authorize`, {
          response_type: 'code',
          client_id: wish.value.clientId,
          redirect_uri: redirectUri,
          scope: wish.value.scope,
          state,
          code_challenge: challenge,
          // Without it the server reads “plain”, which it refuses.
          code_challenge_method: 'S256',
        }),
      );
    },
  },
  operation: 'exchangeCode',
  request(values, connection, { redirectUri, verifier, state }) {
    const wish = wishOf(values, connection);
    if (!wish.ok) return wish;
    return succeed({ redirect_uri: redirectUri, code_verifier: verifier, code: { parked: state } });
  },
  read(reply, values) {
    // The reply does not say what was granted: the server grants all that was asked for, or nothing.
    const scope = readScopes(values['scope'] ?? '') ?? [];
    const tokens = readTokens(reply, 'exchangeCode', scope.join(' '));
    return tokens.ok ? succeed({ tokens: tokens.value, identity: { name: 'Tuleap user' } }) : tokens;
  },
  identify: {
    operation: 'userinfo',
    params: ({ accessToken }) => ({ bearer: accessToken }),
    read: (reply) => readOwner(reply),
  },
  registration: {
    sentence:
      'A project administrator registers this console as an app of the project, under /plugins/oauth2_server/project/{number of the project}/admin, or a site administrator for all projects on the page linked here. The redirection endpoint must be exactly the address shown; over http Tuleap takes only one that begins with http://localhost, so open this console under that name. The client ID and the secret, which is shown once, go into the operator’s file.',
    href: ({ baseUrl }) => `${baseUrl}/plugins/oauth2_server/admin`,
  },
  refusals,
};

interface Wish {
  readonly clientId: string;
  readonly scope: string;
}

function wishOf(values: FormValues, { settings }: Connection): Result<Wish, Failure> {
  const scope = readScopes(values['scope'] ?? '');
  if (!scope) {
    return fail(
      inputFailure('scope-unknown', 'One of the scopes is none that this console knows.', 'Choose from the list.'),
    );
  }
  if (scope.length === 0) {
    return fail(
      inputFailure('scope-empty', 'No scope is chosen, and Tuleap gives no token without one.', 'Choose one.'),
    );
  }
  const { clientId } = settings;
  return clientId === undefined || clientId === '' ? fail(noClient) : succeed({ clientId, scope: scope.join(' ') });
}

const noClient: Failure = {
  code: 'client-not-set',
  happened: 'no',
  fault: 'configuration',
  sentence: 'This connection names no OAuth2 client.',
  next: 'Nothing was sent. Have this console registered at Tuleap, and write clientId and clientSecret into the operator’s file.',
  status: null,
};
