/** The Tuleap stand-in’s OAuth2 and OpenID Connect, judged by a client that is not ours and checks what the RFCs say. */
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RunningStandIn } from '../stand-ins/stand-in.ts';
import { basic } from '../stand-ins/tuleap/call-tuleap.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import { createPageVisitor, pageOf, sentToOf } from './page-visitor.ts';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; a stand-in on loopback has nothing but http
const overHttp = { [oauth.allowInsecureRequests]: true };

const client: oauth.Client = { client_id: 'tlp-client-id-1' };

/** Tuleap does not decode what RFC 6749 section 2.3.1 has encoded, so both go as they are. */
const asTuleapWants: oauth.ClientAuth = (_as, { client_id }, _body, headers) =>
  headers.set('authorization', basic(client_id, demo.clientSecret));

let server: RunningStandIn<TuleapActions>;
let as: oauth.AuthorizationServer;

beforeAll(async () => {
  server = await standIn.start();
  const issuer = new URL(server.url);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, overHttp));
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

interface Asked {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
  readonly href: string;
}

async function ask(scope: string): Promise<Asked> {
  const [verifier, nonce, state] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomNonce(),
    oauth.generateRandomState(),
  ];
  const href = new URL(as.authorization_endpoint ?? '');
  href.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: demo.redirectUri,
    scope,
    state,
    nonce,
    max_age: '3600',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return { verifier, nonce, state, href: href.href };
}

/** Signs in on the page and answers the question on the next; gives where the browser is sent. */
async function visit({ href }: Asked, answer: 'authorize' | 'deny' = 'authorize'): Promise<URL> {
  const visitor = createPageVisitor(server.url);
  const login = pageOf(await visitor.open(href));
  const question = pageOf(await visitor.submit(login, { form_loginname: 'alice', form_pw: 'alice-demo-password' }));
  return new URL(sentToOf(await visitor.submit(question, { answer })));
}

async function redeem(
  asked: Asked,
  location: URL,
  { verifier = asked.verifier, auth = asTuleapWants }: { verifier?: string; auth?: oauth.ClientAuth } = {},
): Promise<oauth.TokenEndpointResponse> {
  const callback = oauth.validateAuthResponse(as, client, location, asked.state);
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    auth,
    callback,
    demo.redirectUri,
    verifier,
    overHttp,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: asked.nonce,
    maxAge: 3_600,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, response, overHttp);
  return tokens;
}

async function signIn(scope: string): Promise<oauth.TokenEndpointResponse> {
  const asked = await ask(scope);
  return redeem(asked, await visit(asked));
}

async function refresh({ refresh_token = '' }: oauth.TokenEndpointResponse): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(as, client, asTuleapWants, refresh_token, overHttp);
  return oauth.processRefreshTokenResponse(as, client, response);
}

const askWho = async ({ access_token }: oauth.TokenEndpointResponse, subject: string): Promise<unknown> =>
  oauth.processUserInfoResponse(as, client, subject, await oauth.userInfoRequest(as, client, access_token, overHttp));

it('is discovered under its own address, with client_secret_basic alone', () => {
  expect(as).toMatchObject({
    issuer: server.url,
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
  });
});

it('signs in with code and PKCE; ID token, its signature and userinfo are those of one person', async () => {
  const tokens = await signIn('openid profile offline_access');
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3_600 });
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  expect(claims).toMatchObject({ iss: server.url, aud: client.client_id, sub: '102' });
  expect(await askWho(tokens, claims?.sub ?? '')).toMatchObject({ sub: '102', preferred_username: 'alice' });
});

it('gives a new pair for each refresh token', async () => {
  const first = await signIn('openid offline_access');
  const second = await refresh(first);
  const third = await refresh(second);
  expect(new Set([first, second, third].map((each) => each.refresh_token)).size).toBe(3);
  expect(new Set([first, second, third].map((each) => each.access_token)).size).toBe(3);
  expect(await askWho(third, '102')).toMatchObject({ sub: '102' });
});

it('ends the whole access where a refresh token is used twice', async () => {
  const first = await signIn('openid offline_access');
  const second = await refresh(first);
  await expect(refresh(first)).rejects.toMatchObject({ status: 400, error: 'invalid_grant' });
  await expect(refresh(second)).rejects.toMatchObject({ status: 400, error: 'invalid_grant' });
  await expect(askWho(second, '102')).rejects.toMatchObject({ status: 401 });
});

it.each(['access_token', 'refresh_token'] as const)('ends both tokens where the %s is revoked', async (kind) => {
  const tokens = await signIn('openid offline_access');
  // Discovery does not name it.
  expect(as.revocation_endpoint).toBeUndefined();
  const withRevocation = { ...as, revocation_endpoint: `${server.url}/oauth2/token/revoke` };
  const revoke = async (): Promise<unknown> =>
    oauth.processRevocationResponse(
      await oauth.revocationRequest(withRevocation, client, asTuleapWants, tokens[kind] ?? '', overHttp),
    );
  await revoke();
  await expect(askWho(tokens, '102')).rejects.toMatchObject({ status: 401 });
  await expect(refresh(tokens)).rejects.toMatchObject({ status: 400, error: 'invalid_grant' });
  // RFC 7009 section 2.2: a token that is unknown by now is no error.
  await expect(revoke()).resolves.toBeUndefined();
});

it('refuses a code with another verifier, and burns it', async () => {
  const asked = await ask('openid');
  const location = await visit(asked);
  const verifier = oauth.generateRandomCodeVerifier();
  await expect(redeem(asked, location, { verifier })).rejects.toMatchObject({ error: 'invalid_grant' });
  await expect(redeem(asked, location)).rejects.toMatchObject({ error: 'invalid_grant' });
});

it('refuses a client that encodes its secret as the RFC says', async () => {
  const asked = await ask('openid');
  const location = await visit(asked);
  await expect(redeem(asked, location, { auth: oauth.ClientSecretBasic(demo.clientSecret) })).rejects.toMatchObject({
    status: 401,
  });
  // The code was not touched.
  expect(await redeem(asked, location)).toHaveProperty('access_token');
});

it('sends a refusal back with the state', async () => {
  const asked = await ask('openid');
  const location = await visit(asked, 'deny');
  expect(() => oauth.validateAuthResponse(as, client, location, asked.state)).toThrow(
    expect.objectContaining({ error: 'access_denied' }),
  );
});
