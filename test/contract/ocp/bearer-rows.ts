import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { clients, clientSecret, listedOrigin, traitsOf, type Target } from './target.ts';
import {
  account,
  asAdministrator,
  claimsOf,
  logOut,
  post,
  postToken,
  refresh,
  revoke,
  send,
  signedIn,
  signIn,
  tokensOf,
  userinfo,
} from './wire.ts';

const openid = '/realms/master/protocol/openid-connect';
const allowOrigin = 'access-control-allow-origin';

/** The contract's rows about whoever holds a token: what the server says of it, and takes it for. */
export function describeBearerRows(target: () => Target): void {
  it('userinfo gives its reasons in the header alone', async () => {
    const { access } = await signedIn(target(), await target().addPerson());
    const narrow = await userinfo(target(), access);
    expect(narrow).toMatchObject({ status: 403, text: '' });
    expect(narrow.headers.get('www-authenticate')).toContain(
      'error="insufficient_scope", error_description="Missing openid scope"',
    );
    const garbage = await userinfo(target(), 'not-a-real-token');
    expect(garbage).toMatchObject({ status: 401, text: '' });
    expect(garbage.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('introspection lets no page read its answer', async () => {
    const answer = await post(target(), `${openid}/token/introspect`, { token: 'x' }, { origin: listedOrigin });
    expect(answer.status).toBe(403);
    expect(answer.headers.get(allowOrigin)).toBeNull();
  });

  it('the keys are open to any origin, and vouch for an access token after its session was logged out', async () => {
    const tokens = await signedIn(target(), await target().addPerson(), { scope: 'openid' });
    expect((await logOut(target(), tokens.refresh)).status).toBe(204);
    const origin = 'https://elsewhere.example';
    const answer = await send(`${target().baseUrl}${openid}/certs`, { headers: { origin } });
    expect(answer.headers.get(allowOrigin)).toBe(origin);
    const { keys } = answer.json as { readonly keys: readonly JsonWebKey[] }; // RFC 7517 section 5
    const { header, payload } = claimsOf(tokens.access);
    const key = createPublicKey({ key: keys.find(({ kid }) => kid === header['kid']) ?? {}, format: 'jwk' });
    const [head = '', claims = '', signature = ''] = tokens.access.split('.');
    const signed = Buffer.from(`${head}.${claims}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(Number(payload['exp'])).toBeGreaterThan(Number(payload['iat']));
    expect((await userinfo(target(), tokens.access)).status).toBe(401);
  });

  it('revoking without a token, the token of another client, or one of another kind: 400, and nothing ends', async () => {
    const tokens = await signedIn(target(), await target().addPerson());
    const refused = (error: string, description: string) => ({
      status: 400,
      json: { error, error_description: description },
    });
    expect(await revoke(target(), '')).toMatchObject(refused('invalid_request', 'Token not provided'));
    for (const token of [tokens.refresh, tokens.access]) {
      expect(await post(target(), `${openid}/revoke`, { client_id: clients.otherPublic, token })).toMatchObject(
        refused('invalid_request', 'Unmatching clients'),
      );
    }
    const { json } = await signIn(target(), await target().addPerson(), { scope: 'openid' });
    expect(await revoke(target(), String(json['id_token']))).toMatchObject(
      refused('unsupported_token_type', 'Unsupported token type'),
    );
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
  });

  it('a client that signs in as itself gets no session, and has no account to ask for', async () => {
    const itself = { client_id: clients.confidential, client_secret: clientSecret };
    const answer = await postToken(target(), { ...itself, grant_type: 'client_credentials' });
    expect(answer).toMatchObject({ status: 200, json: { refresh_expires_in: 0 } });
    for (const missing of ['refresh_token', 'session_state']) expect(answer.json).not.toHaveProperty(missing);
    const access = String(answer.json['access_token']);
    expect(claimsOf(access).payload).toMatchObject({ aud: 'account' });
    expect(await account(target(), access, '/sessions')).toMatchObject({
      status: 401,
      text: '{"error":"HTTP 401 Unauthorized"}',
    });
  });

  it('a client without refresh tokens: a session that counts, and nothing to end it with', async () => {
    const person = await target().addPerson();
    const answer = await signIn(target(), person, { client_id: clients.withoutRefreshTokens });
    expect(answer).toMatchObject({ status: 200, json: { refresh_expires_in: 0 } });
    expect(answer.json).not.toHaveProperty('refresh_token');
    const listed = await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`);
    expect(listed.text).toContain(`"id":"${String(answer.json['session_state'])}"`);
  });

  it('a refresh may ask for less and gets no more; the next one may ask for all again', async () => {
    const person = await target().addPerson();
    const whole = await signedIn(target(), person, { scope: 'openid' });
    const grant = { grant_type: 'refresh_token' };
    const scopes = (answer: { readonly json: Readonly<Record<string, unknown>> }) =>
      String(answer.json['scope']).split(' ').sort();
    const less = await postToken(target(), { ...grant, refresh_token: whole.refresh, scope: 'email' });
    const { narrowsOpenid } = traitsOf(target().version);
    expect(scopes(less)).toEqual(narrowsOpenid ? ['email', 'profile'] : ['email', 'openid', 'profile']);
    expect(scopes(await refresh(target(), tokensOf(less).refresh))).toEqual(['email', 'openid', 'profile']);
    const narrow = await signedIn(target(), person);
    const more = await postToken(target(), { ...grant, refresh_token: narrow.refresh, scope: 'openid' });
    expect(scopes(more)).toEqual(['email', 'profile']);
    expect(await postToken(target(), { ...grant, refresh_token: narrow.refresh, scope: 'guess' })).toMatchObject({
      status: 400,
      json: { error: 'invalid_scope', error_description: 'Invalid scopes: guess' },
    });
  });

  it('a client that asks for consent since: no refresh any more', async () => {
    const client = { client_id: clients.laterConsent };
    const tokens = await signedIn(target(), await target().addPerson(), client);
    await target().configure({ asksConsent: true });
    const again = { ...client, grant_type: 'refresh_token', refresh_token: tokens.refresh };
    expect(await postToken(target(), again)).toMatchObject({
      status: 400,
      json: { error: 'invalid_scope', error_description: 'Client no longer has requested consent from user' },
    });
  });
}
