import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall } from '../session-face.ts';
import type { Tokens } from '../tokens.ts';

/** The token's own user: harmless. */
export function present({ accessToken }: Tokens, { baseUrl }: Connection): ExampleCall {
  const secret = { secret: accessToken };
  return {
    method: 'GET',
    url: `${baseUrl}/users/@self`,
    headers: [{ name: 'Accept', value: ['application/json'] }],
    query: [{ name: 'token', value: [secret] }],
    token: [secret],
    header: ['token=', secret],
    variables: [{ name: 'PRIMATIME_TOKEN', value: accessToken }],
    warning:
      'PrimaTime takes its token in the address and documents no header for it. Addresses end up in histories and logs: keep this one out of both.',
  };
}
