/**
 * An OAuth2 server that is not ours: oidc-provider with its own pages for login and consent, which take any password.
 * A new refresh token comes with every use; a second use of one ends the whole grant.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const client = { id: 'console-of-the-tests', secret: 'canary-client-secret-not-real' } as const;

export interface OAuthServer {
  /** Origin, and the issuer. */
  readonly url: string;
  /** Registers the console, which knows its own address only after the server has one. */
  register(redirectUris: readonly string[]): void;
  /** Straight to the token endpoint, past the console: the reply's status and its `error`. */
  token(form: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly error: unknown }>;
  /** RFC 7662: whether the server still takes the token. Asking changes nothing. */
  takes(token: string | undefined): Promise<boolean>;
  close(): Promise<void>;
}

export async function startOAuthServer(): Promise<OAuthServer> {
  let handle: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  const url = `http://127.0.0.1:${port}`;
  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<readonly [number, Body]> => {
    const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
    const body = new URLSearchParams(form);
    const response = await fetch(`${url}${path}`, { method: 'POST', headers: { authorization }, body });
    return [response.status, (await response.json()) as Body]; // both endpoints answer with an object
  };

  return {
    url,
    register(redirectUris) {
      const running = new Provider(url, configure(redirectUris)).callback();
      handle = (request, response) => void running(request, response);
    },
    async token(form) {
      const [status, { error }] = await post('/token', form);
      return { status, error };
    },
    async takes(token) {
      if (token === undefined) throw new Error('There is no token to ask about');
      const [status, { active }] = await post('/token/introspection', { token });
      if (status !== 200 || typeof active !== 'boolean') throw new Error(`The server does not say: ${status}`);
      return active;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** There is one client, and every token is its own. */
const allowedPolicy = (): boolean => true;

type Body = Readonly<Record<string, unknown>>;

function configure(redirectUris: readonly string[]): Readonly<Record<string, unknown>> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: redirectUris,
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'of-this-run' }] },
    cookies: { keys: ['not-a-real-cookie-key'] },
    scopes: ['openid', 'offline_access'],
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 3_600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 3_600,
      Session: 3_600,
    },
    features: { introspection: { enabled: true, allowedPolicy }, revocation: { enabled: true, allowedPolicy } },
  };
}
