import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall } from '../session-face.ts';
import type { Tokens } from '../tokens.ts';
import { ownerOf } from './ticket.ts';

/** What the access token is for: the ticket of one application's host. */
export function present(tokens: Tokens, { baseUrl }: Connection): ExampleCall {
  const { login, redirectUri } = ownerOf(tokens);
  const secret = { secret: tokens.accessToken };
  return {
    method: 'GET',
    url: `${baseUrl}/p4token`,
    headers: [{ name: 'Authorization', value: ['Bearer ', secret] }],
    query: [
      { name: 'redirect_uri', value: [redirectUri] },
      { name: 'client_id', value: [login] },
    ],
    token: [secret],
    header: ['Authorization: Bearer ', secret],
    variables: [{ name: 'P4OAUTH_TOKEN', value: tokens.accessToken }],
    warning: 'The answer is a p4d ticket in plain text: as good as a password for that host until it ends.',
  };
}
