import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../../http/sample-connection.ts';
import { SAMPLE_AT_MS, sampleReply } from '../../http/sample-reply.ts';
import type { CodeGrant } from '../sign-in-way.ts';
import type { Tokens } from '../tokens.ts';
import { bearerReply } from './error-samples.ts';
import { tuleap } from './index.ts';
import { readTokens } from './oauth-tokens.ts';
import { signInWithOAuth2 as way } from './sign-in-oauth2.ts';

const connection = sampleConnection('https://tuleap.example', { settings: { clientId: 'tlp-client-id-3' } });
const grant: CodeGrant = {
  state: 'canary-state',
  redirectUri: 'http://localhost:4600/callback/sample',
  verifier: 'canary-verifier',
  challenge: 'challenge-of-it',
};
const SCOPE = 'openid profile offline_access read:project';
const values = { scope: SCOPE };

const reply = {
  token_type: 'Bearer',
  access_token: 'tlp-oauth2-at1-7.canary',
  expires_in: 3600,
  refresh_token: 'tlp-oauth2-rt1-7.canary',
  id_token: 'e30.e30.x',
};
const relative = (lifeMs: number) => ({ kind: 'relative', lifeMs, anchorMs: SAMPLE_AT_MS });
const expected = {
  accessToken: reply.access_token,
  accessExpiry: relative(3_600_000),
  refreshToken: reply.refresh_token,
  refreshExpiry: relative(21_600_000),
  companions: { scope: SCOPE },
  facts: [{ label: 'Scopes asked for', value: SCOPE }],
};
const without = (field: keyof typeof reply): object => {
  const { [field]: _left, ...rest } = reply;
  return rest;
};
const read = (body: unknown, status = 200) => readTokens(sampleReply(status, body), 'exchangeCode', SCOPE);

/** The way has its code from a visit. */
function hrefOf(chosen: typeof values | Record<string, string>, at = connection) {
  if (way.obtain.by !== 'visit') throw new Error('The code comes by a visit');
  return way.obtain.href(chosen, at, grant);
}

describe('the address of Tuleap’s page', () => {
  it('asks for a code with PKCE and state, and carries no secret of this console', () => {
    const href = hrefOf(values);
    const url = new URL(href.ok ? href.value : '');
    expect(url.origin + url.pathname).toBe('https://tuleap.example/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'tlp-client-id-3',
      redirect_uri: grant.redirectUri,
      scope: SCOPE,
      state: 'canary-state',
      code_challenge: 'challenge-of-it',
      code_challenge_method: 'S256',
    });
    expect(url.search).not.toMatch(/canary-verifier|\+/);
  });

  it('has the scopes that were chosen, each once and in one order', () => {
    const scopeOf = (scope: string) => {
      const href = hrefOf({ scope });
      return href.ok ? new URL(href.value).searchParams.get('scope') : href.failure.code;
    };
    expect(scopeOf(' read:project  openid openid ')).toBe('openid read:project');
    expect(scopeOf('')).toBe('scope-empty');
    expect(scopeOf('openid write:rest')).toBe('scope-unknown');
  });

  it('is none where the connection names no client', () => {
    const bare = sampleConnection('https://tuleap.example');
    expect(hrefOf(values, bare)).toMatchObject({
      ok: false,
      failure: { code: 'client-not-set', fault: 'configuration' },
    });
    expect(way.request(values, bare, grant)).toMatchObject({ ok: false, failure: { code: 'client-not-set' } });
  });

  it('says what offline_access decides, and starts with it', () => {
    const [field] = way.fields;
    expect(field?.initial?.(connection).split(' ')).toContain('offline_access');
    expect(field?.choices?.find(({ value }) => value === 'offline_access')?.hint).toMatch(/refreshed/);
  });
});

it('exchanges the parked code with the verifier, for the same redirect URI', () => {
  expect(way.request(values, connection, grant)).toEqual({
    ok: true,
    value: { redirect_uri: grant.redirectUri, code_verifier: 'canary-verifier', code: { parked: 'canary-state' } },
  });
});

it('says that nobody tells whose the token is where openid was not asked for, also after a refresh', () => {
  const reply = sampleReply(200, { access_token: 'not-a-real-token', token_type: 'Bearer', expires_in: 3_600 });
  const said = { label: 'Whose it is', value: 'not told: the scope openid was not asked for' };
  const opened = way.read(reply, { scope: 'email' }, connection, grant);
  expect(opened.ok && opened.value.tokens.facts).toContainEqual(said);
  const again = readTokens(reply, 'refresh', 'email offline_access');
  expect(again.ok && again.value.facts).toContainEqual(said);
  const open = way.read(reply, { scope: 'openid email' }, connection, grant);
  expect(open.ok && open.value.tokens.facts).not.toContainEqual(said);
});

it('says who must register what, where, and under which name the console must be open', () => {
  const { sentence, more, page, pageOf } = way.registration;
  expect(sentence).toMatch(/project administrator.*redirection endpoint.*once, the secret/s);
  expect(more?.join(' ')).toMatch(/http:\/\/localhost.*not allowed to see the page.*Tuleap Enterprise/s);
  expect(page?.(connection).href).toBe('https://tuleap.example/plugins/oauth2_server/admin');
  expect(pageOf?.page(connection, ' 101 ')).toEqual({
    label: 'Open the registration page of project 101',
    href: 'https://tuleap.example/plugins/oauth2_server/project/101/admin',
  });
  for (const typed of ['', '0', '101/../x', 'my-project', '-1'])
    expect(pageOf?.page(connection, typed)).toBeUndefined();
});

it('has words for every code with which Tuleap sends the browser back', () => {
  const codes = [
    'invalid_request',
    'invalid_scope',
    'access_denied',
    'login_required',
    'interaction_required',
    'request_not_supported',
    'request_uri_not_supported',
    'registration_not_supported',
  ];
  expect(Object.keys(way.refusals).sort()).toEqual([...codes].sort());
  for (const { sentence, next } of Object.values(way.refusals)) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/^No session was opened\./);
  }
});

describe('the reply of the token endpoint', () => {
  it('becomes tokens that know their scopes', () => {
    expect(read(reply)).toEqual({ ok: true, value: expected });
    expect(way.read(sampleReply(200, reply), values, connection, grant)).toMatchObject({
      ok: true,
      value: { tokens: expected, identity: { name: 'Owner of an OAuth2 token' } },
    });
    expect(read({ ...reply, scope: 'x', error: null, more: {} })).toEqual({ ok: true, value: expected });
  });

  it('may lack what decides nothing', () => {
    expect(read(without('token_type'))).toEqual({ ok: true, value: expected });
    expect(read(without('id_token'))).toEqual({ ok: true, value: expected });
    expect(read(without('expires_in'))).toEqual({
      ok: true,
      value: { ...expected, accessExpiry: { kind: 'unknown' } },
    });
    const { refreshToken: _token, refreshExpiry: _end, ...unrefreshable } = expected;
    expect(read(without('refresh_token'))).toEqual({ ok: true, value: unrefreshable });
  });

  it('is refused without an access token, as uncertain: one may have been made', () => {
    expect(read(without('access_token'))).toMatchObject({ ok: false, failure: { happened: 'unknown' } });
  });

  it.each([
    [0, relative(0)],
    [-5, relative(0)],
    ['3600', relative(3_600_000)],
    ['soon', { kind: 'unknown' }],
    [1e300, { kind: 'unknown' }],
  ])('expires_in %j is %j', (expires_in, accessExpiry) => {
    expect(read({ ...reply, expires_in })).toMatchObject({ value: { accessExpiry } });
  });

  it('gives tokens or a failure for any body, never an exception', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a', 5, -1, 1e308));
    const body = fc.record(
      { access_token: value, refresh_token: value, expires_in: value, error: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), fc.integer({ min: 100, max: 599 }), (json, status) => {
        const tokens = read(JSON.stringify(json), status);
        if (tokens.ok && tokens.value.accessExpiry.kind === 'relative') {
          expect(tokens.value.accessExpiry.lifeMs).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('its session', () => {
  const face = tuleap.sessionFace('oauth2');
  const tokens = expected as Tokens; // the literal kinds widen to string above

  it('refreshes once with each refresh token, and never keeps the old one', () => {
    const { refresh } = face;
    if (refresh?.kind !== 'single-use') throw new Error('A refresh spends the token');
    expect(refresh.params(tokens, connection)).toEqual({ refresh_token: reply.refresh_token });
    const { refreshToken: _left, ...unrefreshable } = tokens;
    expect(refresh.params(unrefreshable, connection)).toEqual({});
    const after = refresh.read(sampleReply(200, without('refresh_token')), tokens, connection);
    expect(after).toMatchObject({ ok: true, value: { companions: { scope: SCOPE } } });
    expect(after.ok && after.value).not.toHaveProperty('refreshToken');
  });

  it('logs out by revoking, which is proven afterwards', () => {
    expect(face.logOut?.params(tokens, connection)).toEqual({ token: reply.refresh_token });
    const { refreshToken: _left, ...unrefreshable } = tokens;
    expect(face.logOut?.params(unrefreshable, connection)).toEqual({ token: reply.access_token });
    expect(face.logOut?.read(sampleReply(200, '')).ok).toBe(true);
    expect(face.logOut?.read(sampleReply(401, { error: 'invalid_client' }))).toMatchObject({
      failure: { code: 'client-refused', fault: 'configuration' },
    });
    expect(face.logOut?.read(sampleReply(200, '', { phase: 'sent' })).ok).toBe(false);
    expect(face.logOut).toMatchObject({
      proven: true,
      survives: '',
      remains: expect.stringMatching(/account\/apps/) as unknown,
    });
  });

  it.each([
    ['the owner', sampleReply(200, { sub: '102' }), 'live'],
    ['a missing scope', bearerReply(403, 'error="insufficient_scope" scope="openid"'), 'live'],
    [
      'an expired token',
      bearerReply(401, 'error="invalid_token" error_description="Access token has expired"'),
      'dead',
    ],
    ['a revoked one', bearerReply(401, 'error="invalid_token"'), 'dead'],
    ['no reason', bearerReply(401, ''), 'unknown'],
    ['a proxy', sampleReply(401, '<html>'), 'unknown'],
    ['a web page', sampleReply(200, '<html>'), 'unknown'],
    ['no answer', sampleReply(401, '', { phase: 'sent' }), 'unknown'],
  ] as const)('is probed by userinfo: at %s it is %s', (_, answer, verdict) => {
    expect(face.probe.read(answer, tokens).verdict).toBe(verdict);
  });

  it.each([
    ['openid read:project', '/api/projects', true],
    ['openid read:user_membership', '/api/users/self/membership', true],
    ['openid', '/oauth2/userinfo', true],
    ['offline_access', '/oauth2/userinfo', false],
  ])('with the scopes %s shows %s as example', (scope, path, opens) => {
    const example = face.present({ ...tokens, companions: { scope } }, connection);
    expect(example.url).toBe(`https://tuleap.example${path}`);
    expect(example.headers[0]).toEqual({ name: 'Authorization', value: ['Bearer ', { secret: reply.access_token }] });
    expect(example.warning === undefined).toBe(opens);
  });

  it.each([
    [{ sub: '102', preferred_username: 'alice', name: 'Alice' }, 'alice'],
    [{ sub: '102', email: 'alice@example.test' }, 'alice@example.test'],
    [{ sub: '102' }, 'user no. 102'],
  ])('learns whose it is from %j', (body, name) => {
    expect(way.identify?.read(sampleReply(200, body), tokens)).toEqual({
      ok: true,
      value: { identity: { name, id: '102' } },
    });
    expect(way.identify?.read(sampleReply(200, {}), tokens).ok).toBe(false);
  });
});
