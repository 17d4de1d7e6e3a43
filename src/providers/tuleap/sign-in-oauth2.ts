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
    'You sign in on Tuleap’s own page, and only a token comes here, for the scopes that you choose; all of them only read. A project administrator must register this console first.',
  sends:
    'Opens …/oauth2/authorize in a new tab, then sends POST …/oauth2/token with the code that comes back, and GET …/oauth2/userinfo with the token',
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
    return tokens.ok ? succeed({ tokens: tokens.value, identity: { name: 'Owner of an OAuth2 token' } }) : tokens;
  },
  identify: {
    operation: 'userinfo',
    params: ({ accessToken }) => ({ bearer: accessToken }),
    read: (reply) => readOwner(reply),
  },
  registration: {
    sentence:
      'A project administrator registers this console as an app of the project, or a site administrator for the whole site, with exactly this redirection endpoint. Tuleap then shows the client ID and, once, the secret: both go into the operator’s file.',
    more: [
      'Over http Tuleap takes only an address that begins with http://localhost.',
      'Where the registered address differs or the client is not known, Tuleap’s tab says that you are not allowed to see the page, and nothing comes back here.',
      'OAuth2 is part of Tuleap Enterprise. Where Tuleap’s tab says that there is no such page, sign in with an access key.',
    ],
    pageOf: {
      label: 'Number of the project',
      hint: 'gives the link to the page on which its administrator registers apps',
      page({ baseUrl }, typed) {
        const number = /^\s*([1-9]\d{0,9})\s*$/.exec(typed)?.[1];
        if (number === undefined) return undefined;
        return {
          label: `Open the registration page of project ${number}`,
          href: `${baseUrl}/plugins/oauth2_server/project/${number}/admin`,
        };
      },
    },
    page: ({ baseUrl }) => ({
      label: 'Open the registration page for the whole site',
      href: `${baseUrl}/plugins/oauth2_server/admin`,
    }),
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
