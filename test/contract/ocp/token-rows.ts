import { expect, it } from 'vitest';
import { clients, clientSecret, sessionsMax, traitsOf, type Target } from './target.ts';
import {
  bearer,
  claimsOf,
  post,
  postToken,
  refresh,
  revoke,
  send,
  signedIn,
  signedInTimes,
  signIn,
  tokensOf,
  userinfo,
} from './wire.ts';

const successKeys = [
  'access_token',
  'expires_in',
  'not-before-policy',
  'refresh_expires_in',
  'refresh_token',
  'scope',
  'session_state',
  'token_type',
];

/** The contract's rows about signing in and about the tokens themselves. */
export function describeTokenRows(target: () => Target): void {
  const wrongPassword = () => ({
    status: traitsOf(target().version).wrongPasswordStatus,
    json: { error: 'invalid_grant', error_description: 'Invalid user credentials' },
  });

  it('a wrong password, and an unknown user, look the same', async () => {
    const person = await target().addPerson();
    expect(await signIn(target(), { ...person, password: 'wrong' })).toMatchObject(wrongPassword());
    expect(await signIn(target(), { ...person, username: 'nobody-of-this-name' })).toMatchObject(wrongPassword());
  });

  it('a wrong password at the session limit is a wrong password', async () => {
    const person = await target().addPerson();
    await signedInTimes(target(), person, sessionsMax);
    expect(await signIn(target(), { ...person, password: 'wrong' })).toMatchObject(wrongPassword());
  });

  it('a person may sign in with the e-mail address', async () => {
    const person = await target().addPerson();
    const answer = await signIn(target(), { ...person, username: `${person.username}@example.test` });
    expect(answer.status).toBe(200);
  });

  it('without a user name: 401 invalid_request', async () => {
    const person = await target().addPerson();
    expect(await signIn(target(), { ...person, username: '' })).toMatchObject({
      status: 401,
      json: { error: 'invalid_request', error_description: 'Missing parameter: username' },
    });
  });

  it('a disabled user is told so with the right password, and before 26.6 with any', async () => {
    const person = await target().addPerson({ enabled: false });
    const disabled = { status: 400, json: { error: 'invalid_grant', error_description: 'Account disabled' } };
    expect(await signIn(target(), person)).toMatchObject(disabled);
    const { tellsDisabledToAnyone } = traitsOf(target().version);
    expect(await signIn(target(), { ...person, password: 'wrong' })).toMatchObject(
      tellsDisabledToAnyone ? disabled : wrongPassword(),
    );
  });

  it('who signs in for a client may not sign in with a password: as if it were wrong', async () => {
    const username = `service-account-${clients.confidential}`;
    expect(await signIn(target(), { username, password: 'not-a-real-password' })).toMatchObject(wrongPassword());
  });

  it('from 26.5.7 on a field of more than 4,000 characters is passed over; credentials are not', async () => {
    const person = await target().addPerson();
    const long = 'x'.repeat(4_001);
    const { dropsLongFields } = traitsOf(target().version);
    const scope = await signIn(target(), person, { scope: long });
    expect(scope).toMatchObject(dropsLongFields ? { status: 200 } : { status: 400, json: { error: 'invalid_scope' } });
    expect((await signIn(target(), person, { scope: long.slice(1) })).json['error']).toBe('invalid_scope');
    expect((await refresh(target(), long)).json['error_description']).toBe(
      dropsLongFields ? 'No refresh token' : 'Invalid refresh token',
    );
    expect((await refresh(target(), long.slice(1))).json['error_description']).toBe('Invalid refresh token');
    expect(await signIn(target(), { ...person, username: long })).toMatchObject(wrongPassword());
    expect(await signIn(target(), { ...person, password: long })).toMatchObject(wrongPassword());
  });

  it('a required action that is left open: 400 "Account is not fully set up"', async () => {
    const person = await target().addPerson({ requiredActions: ['UPDATE_PASSWORD'] });
    expect(await signIn(target(), person)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Account is not fully set up' },
    });
  });

  it('a one-time code that is missing or wrong looks like a wrong password; `otp` and `totp` carry the right one', async () => {
    const person = await target().addPerson({ oneTimeCodes: true });
    expect(await signIn(target(), person)).toMatchObject(wrongPassword());
    const wrongCode = person.oneTimeCode() === '000000' ? '000001' : '000000';
    for (const field of ['otp', 'totp']) {
      // A code works once.
      const other = await target().addPerson({ oneTimeCodes: true });
      expect(await signIn(target(), other, { [field]: wrongCode })).toMatchObject(wrongPassword());
      expect(await signIn(target(), other, { [field]: other.oneTimeCode() })).toMatchObject({ status: 200 });
    }
  });

  it.each([
    ['an unknown client', { client_id: 'no-such-client' }, {}],
    ['a disabled client', { client_id: clients.disabled }, {}],
    ['no client', { client_id: '' }, {}],
    ['a Basic header of an unknown client', { client_id: '' }, { authorization: `Basic ${btoa('no-such-client:x')}` }],
  ])('%s: 401 invalid_client, without a challenge', async (_what, fields, headers) => {
    const person = await target().addPerson();
    const answer = await signIn(target(), person, fields, headers);
    expect(answer).toMatchObject({
      status: 401,
      json: { error: 'invalid_client', error_description: 'Invalid client or Invalid client credentials' },
    });
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  it('a bearer header beside client_id in the form is ignored', async () => {
    const person = await target().addPerson();
    expect((await signIn(target(), person, {}, bearer('not-a-token'))).status).toBe(200);
  });

  it.each([
    ['that needs consent', clients.consentRequired, 'invalid_client', 'Client requires user consent'],
    [
      'without direct grants',
      clients.withoutDirectGrant,
      'unauthorized_client',
      'Client not allowed for direct access grants',
    ],
  ])('a client %s: 400', async (_what, client, error, description) => {
    const person = await target().addPerson();
    expect(await signIn(target(), person, { client_id: client })).toMatchObject({
      status: 400,
      json: { error, error_description: description },
    });
  });

  it('a confidential client without its secret, or with a wrong one: 401', async () => {
    const person = await target().addPerson();
    for (const secret of ['', 'wrong']) {
      const answer = await signIn(target(), person, { client_id: clients.confidential, client_secret: secret });
      expect(answer).toMatchObject({
        status: 401,
        json: { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' },
      });
    }
    const known = await signIn(target(), person, { client_id: clients.confidential, client_secret: clientSecret });
    expect(known.status).toBe(200);
  });

  it('a client that only checks tokens: 401, told as one without its secret', async () => {
    const person = await target().addPerson();
    expect(await signIn(target(), person, { client_id: clients.bearerOnly })).toMatchObject({
      status: 401,
      json: { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' },
    });
  });

  it.each([
    ['an unknown grant type', { grant_type: 'guess' }, 'unsupported_grant_type', 'Unsupported grant_type'],
    ['no grant type', { grant_type: '' }, 'invalid_request', 'Missing form parameter: grant_type'],
    ['an unknown scope', { scope: 'foo' }, 'invalid_scope', 'Invalid scopes: foo'],
  ])('%s: 400', async (_what, fields, error, description) => {
    const person = await target().addPerson();
    expect(await signIn(target(), person, fields)).toMatchObject({
      status: 400,
      json: { error, error_description: description },
    });
  });

  it('a repeated field: 400 "duplicated parameter"', async () => {
    const { username, password } = await target().addPerson();
    const form = new URLSearchParams({ client_id: clients.limited, grant_type: 'password', username, password });
    form.append('username', username);
    const answer = await send(`${target().baseUrl}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: form,
    });
    expect(answer).toMatchObject({
      status: 400,
      json: { error: 'invalid_request', error_description: 'duplicated parameter' },
    });
  });

  it('an unknown realm: 404 in JSON; without the prefix: 404 in HTML', async () => {
    const { baseUrl } = target();
    const unknown = { status: 404, json: { error: 'Realm does not exist' } };
    expect(await send(`${baseUrl}/realms/none/.well-known/openid-configuration`)).toMatchObject(unknown);
    expect(
      await post(target(), '/realms/none/protocol/openid-connect/token', { grant_type: 'password' }),
    ).toMatchObject(unknown);
    const outside = await send(baseUrl.replace(/\/auth$/, '/realms/master/.well-known/openid-configuration'));
    expect(outside.status).toBe(404);
    expect(outside.headers.get('content-type')).toContain('text/html');
    expect(outside.text).toContain('Resource not found');
  });

  it('success: these fields and no others, not to be stored, an id token only with openid', async () => {
    const person = await target().addPerson();
    const answer = await signIn(target(), person);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json).sort()).toEqual(successKeys);
    expect(answer.json).toMatchObject({ token_type: 'Bearer', 'not-before-policy': 0 });
    // A second may begin between the making of the token and the answer.
    expect([1_799, 1_800]).toContain(answer.json['refresh_expires_in']);
    expect([299, 300]).toContain(answer.json['expires_in']);
    expect(answer.json['session_state']).toMatch(/^[\w-]{24}$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const withOpenid = await signIn(target(), person, { scope: 'openid' });
    expect(Object.keys(withOpenid.json).sort()).toEqual([...successKeys, 'id_token'].sort());
    expect(String(withOpenid.json['scope']).split(' ')).toContain('openid');
  });

  it('the access token lets its owner use the account API', async () => {
    const person = await target().addPerson();
    const { access, session } = await signedIn(target(), person);
    const { payload } = claimsOf(access);
    expect(payload).toMatchObject({ aud: 'account', azp: clients.limited, sid: session, typ: 'Bearer' });
    expect(payload['allowed-origins']).toEqual(['http://localhost:5173']);
    expect(payload).not.toHaveProperty('session_state');
    const roles = payload['resource_access'] as { account: { roles: string[] } };
    expect(roles.account.roles.toSorted()).toEqual(['manage-account', 'manage-account-links', 'view-profile']);
  });

  it('the refresh token is an HS512 token of the same session', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    const { header, payload } = claimsOf(tokens.refresh);
    expect(header['alg']).toBe('HS512');
    expect(payload).toMatchObject({ typ: 'Refresh', sid: tokens.session });
  });

  it('a revoked access token: 401 with the reason in the header alone; the session lives on', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person, { scope: 'openid' });
    expect((await userinfo(target(), tokens.access)).status).toBe(200);
    expect(await revoke(target(), tokens.access)).toMatchObject({ status: 200, text: '' });
    const answer = await userinfo(target(), tokens.access);
    expect(answer).toMatchObject({ status: 401, text: '' });
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
  });

  it('a public client may not introspect', async () => {
    const person = await target().addPerson();
    const { access } = await signedIn(target(), person);
    const answer = await post(target(), '/realms/master/protocol/openid-connect/token/introspect', { token: access });
    expect(answer).toMatchObject({
      status: 403,
      json: { error: 'invalid_request', error_description: 'Client not allowed.' },
    });
  });

  it('offline_access: refresh_expires_in 0, and the session does not count', async () => {
    const person = await target().addPerson();
    const answer = await signIn(target(), person, { scope: 'offline_access' });
    expect(answer.json['refresh_expires_in']).toBe(0);
    expect(claimsOf(tokensOf(answer).refresh).payload).toMatchObject({ typ: 'Offline' });
    await signedInTimes(target(), person, sessionsMax);
  });

  it('a token call without anything else than a client: 400', async () => {
    expect(await postToken(target(), {})).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });
}
