import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall } from '../session-face.ts';
import type { Tokens } from '../tokens.ts';
import { realmOf } from './connection.ts';

/** The caller's own sessions: harmless, and asking does not prolong the session. */
export function present({ accessToken }: Tokens, connection: Connection): ExampleCall {
  const secret = { secret: accessToken };
  return {
    method: 'GET',
    url: `${connection.baseUrl}/realms/${encodeURIComponent(realmOf(connection))}/account/sessions`,
    headers: [
      { name: 'Authorization', value: ['Bearer ', secret] },
      // Exactly this: with anything else the server answers with a web page.
      { name: 'Accept', value: ['application/json'] },
    ],
    query: [],
    token: [secret],
    header: ['Authorization: Bearer ', secret],
    variables: [{ name: 'OCP_TOKEN', value: accessToken }],
  };
}
