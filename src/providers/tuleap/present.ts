import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall } from '../session-face.ts';
import { companionOf, type Tokens } from '../tokens.ts';
import { pairOf } from './sign-in-password.ts';

const accept = { name: 'Accept', value: ['application/json'] } as const;

/** The key's own user: harmless, and a use of the key. */
export function presentKey({ accessToken }: Tokens, { baseUrl }: Connection): ExampleCall {
  const secret = { secret: accessToken };
  return {
    method: 'GET',
    url: `${baseUrl}/api/users/self`,
    headers: [{ name: 'X-Auth-AccessKey', value: [secret] }, accept],
    query: [],
    token: [secret],
    header: ['X-Auth-AccessKey: ', secret],
    variables: [{ name: 'TULEAP_ACCESS_KEY', value: accessToken }],
  };
}

/** The token's own user. The second header is no secret, and the token is nothing without it. */
export function presentPair(tokens: Tokens, { baseUrl }: Connection): ExampleCall {
  const { token, userId } = pairOf(tokens);
  const secret = { secret: token };
  return {
    method: 'GET',
    url: `${baseUrl}/api/users/self`,
    headers: [{ name: 'X-Auth-Token', value: [secret] }, { name: 'X-Auth-UserId', value: [userId] }, accept],
    query: [],
    token: [secret],
    header: ['X-Auth-Token: ', secret, `\nX-Auth-UserId: ${userId}`],
    variables: [
      { name: 'TULEAP_TOKEN', value: token },
      { name: 'TULEAP_USER_ID', value: userId },
    ],
    warning: 'Tuleap has deprecated these tokens, and takes one only together with the user’s number.',
  };
}

/** A route that the token's scopes open: few do. */
export function presentBearer(tokens: Tokens, { baseUrl }: Connection): ExampleCall {
  const secret = { secret: tokens.accessToken };
  const scopes = companionOf(tokens, 'scope').split(' ');
  const readsProjects = scopes.includes('read:project');
  const path = readsProjects
    ? '/api/projects'
    : scopes.includes('read:user_membership')
      ? '/api/users/self/membership'
      : '/oauth2/userinfo';
  const opens = path !== '/oauth2/userinfo' || scopes.includes('openid');
  return {
    method: 'GET',
    url: `${baseUrl}${path}`,
    headers: [{ name: 'Authorization', value: ['Bearer ', secret] }, accept],
    query: readsProjects ? [{ name: 'limit', value: ['1'] }] : [],
    token: [secret],
    header: ['Authorization: Bearer ', secret],
    variables: [{ name: 'TULEAP_TOKEN', value: tokens.accessToken }],
    ...(!opens && { warning: 'The scopes of this token do not open this example; it is answered with 403.' }),
  };
}
