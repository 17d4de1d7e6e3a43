import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall } from '../session-face.ts';
import type { Tokens } from '../tokens.ts';
import { placeOf } from './tokens.ts';

/** One issue of the token's project: harmless. */
export function present(tokens: Tokens, { baseUrl }: Connection): ExampleCall {
  const { segment, project } = placeOf(tokens);
  const secret = { secret: tokens.accessToken };
  return {
    method: 'GET',
    url: `${baseUrl}/${segment}/api/v0/${encodeURIComponent(project)}/issues`,
    headers: [
      { name: 'Authorization', value: ['Bearer ', secret] },
      { name: 'Accept', value: ['application/json'] },
    ],
    query: [{ name: 'per_page', value: ['1'] }],
    token: [secret],
    header: ['Authorization: Bearer ', secret],
    variables: [{ name: 'ALM_TOKEN', value: tokens.accessToken }],
  };
}
