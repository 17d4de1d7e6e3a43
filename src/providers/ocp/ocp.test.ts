import { describe, expect, it } from 'vitest';
import type { Connection } from '../../http/envelope.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { toBase64Url } from '../../lib/base64.ts';
import type { Tokens } from '../tokens.ts';
import { ocp } from './index.ts';
import { settings } from './settings.ts';

const connection = (over: Partial<Connection> = {}): Connection => ({
  id: 'c',
  provider: 'ocp',
  name: 'C',
  baseUrl: 'https://iam.example/auth',
  settings: { realm: 'master', clientId: 'ocp', sessionLimit: '5' },
  insecure: false,
  secretsSet: [],
  forwardsClientAddress: false,
  ...over,
});

const tokens: Tokens = {
  accessToken: 'canary-access-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'canary-refresh-token',
  facts: [],
};
const { refreshToken: _left, ...withoutRefreshToken } = tokens;

const [way] = ocp.signIn;
const session = ocp.sessionFace(way.id);
const request = (values: Record<string, string>) => way.request(values, connection());

describe('signing in', () => {
  it('sends user name and password, and a code only where there is one', () => {
    expect(request({ username: 'alice', password: 'not-a-real-password' })).toEqual({
      ok: true,
      value: { username: 'alice', password: 'not-a-real-password' },
    });
    expect(request({ username: 'alice', password: 'x', otp: ' 123 456' })).toMatchObject({ value: { otp: '123456' } });
    expect(request({ username: 'alice', password: 'x', otp: ' ' })).toMatchObject({
      value: { username: 'alice', password: 'x' },
    });
  });

  it('takes off what pasting adds, and leaves a password as it was chosen', () => {
    expect(request({ username: '\uFEFFalice \n', password: ' "x" \n' })).toMatchObject({
      value: { username: 'alice', password: ' "x" ' },
    });
  });

  it.each([
    [{ username: ' ', password: 'x' }, 'username-empty'],
    [{ password: 'x' }, 'username-empty'],
    [{ username: 'alice', password: '\n' }, 'password-empty'],
    [{ username: 'alice', password: 'x'.repeat(4_001) }, 'field-too-long'],
    [{ username: 'alice', password: 'x', otp: '12a456' }, 'otp-not-digits'],
  ] as const)('refuses %j before anything is sent', (values, code) => {
    expect(request(values)).toMatchObject({ ok: false, failure: { code, fault: 'input', happened: 'no' } });
  });

  it('gives tokens and who signed in', () => {
    const claims = toBase64Url(new TextEncoder().encode(JSON.stringify({ sub: 'user-7' })));
    const reply = sampleReply(200, { access_token: `e30.${claims}.x`, expires_in: 300 });
    expect(way.read(reply, { username: ' alice ' }, connection())).toMatchObject({
      ok: true,
      value: { identity: { name: 'alice', id: 'user-7' }, tokens: { accessExpiry: { lifeMs: 300_000 } } },
    });
    const opaque = way.read(sampleReply(200, { access_token: 'opaque' }), { username: 'alice' }, connection());
    expect(opaque).toMatchObject({ ok: true, value: { identity: { name: 'alice' } } });
  });

  it('declares what is secret, by form and by wire', () => {
    expect(way.fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name)).toEqual(['password']);
    expect(ocp.operations.signIn.params.password.secret).toBe(true);
    expect(ocp.operations.signIn.params.otp.secret).toBe(true);
  });
});

describe('logging out', () => {
  it('sends the refresh token, and never an empty one', () => {
    expect(session.logOut.params(tokens, connection())).toEqual({ refresh_token: 'canary-refresh-token' });
    expect(session.logOut.params(withoutRefreshToken, connection())).toEqual({});
  });

  it('is done at 204, and at an empty 200', () => {
    expect(session.logOut.read(sampleReply(204, ''))).toEqual({ ok: true, value: null });
    expect(session.logOut.read(sampleReply(200, ''))).toEqual({ ok: true, value: null });
  });

  it.each([
    ['the browser’s question', sampleReply(200, '<html>Do you want to log out?</html>')],
    ['a lost answer', sampleReply(204, '', { phase: 'sent' })],
    ['a refusal', sampleReply(400, { error: 'invalid_grant', error_description: 'Invalid refresh token' })],
    ['a redirect', sampleReply(302, '')],
  ])('is not done at %s', (_, reply) => {
    expect(session.logOut.read(reply).ok).toBe(false);
  });
});

it('a refresh sends the refresh token, and nothing where there is none', () => {
  expect(session.refresh.params(tokens, connection())).toEqual({ refresh_token: 'canary-refresh-token' });
  expect(session.refresh.params(withoutRefreshToken, connection())).toEqual({});
});

describe('slots', () => {
  it.each([
    ['5', 5],
    ['12', 12],
    ['none', 'none'],
    ['0', 5],
    ['-3', 5],
    ['many', 5],
    ['', 5],
    [undefined, 5],
  ] as const)('sessionLimit %j allows %j', (sessionLimit, limit) => {
    const of = connection({ settings: sessionLimit === undefined ? {} : { sessionLimit } });
    expect(ocp.slots(of)).toMatchObject({ limit });
  });

  it('leads to the user’s own list of sessions, in the realm of the connection', () => {
    const of = connection({ baseUrl: 'https://iam.example/auth', settings: { realm: 'a b' } });
    const account = 'https://iam.example/auth/realms/a%20b/account/';
    expect(ocp.slots(of).pages.map(({ href }) => href)).toEqual([
      `${account}account-security/device-activity`,
      account,
    ]);
  });
});

describe('the example call', () => {
  it('is the account’s sessions, with the token in the Authorization header', () => {
    const example = session.present(tokens, connection({ settings: { realm: 'a b' } }));
    expect(example).toMatchObject({
      url: 'https://iam.example/auth/realms/a%20b/account/sessions',
      headers: [
        { name: 'Authorization', value: ['Bearer ', { secret: 'canary-access-token' }] },
        { name: 'Accept', value: ['application/json'] },
      ],
      query: [],
      header: ['Authorization: Bearer ', { secret: 'canary-access-token' }],
      variables: [{ name: 'OCP_TOKEN', value: 'canary-access-token' }],
    });
    expect(example.url).not.toContain('canary');
  });

  it('falls back to the realm of the vendor’s page', () => {
    expect(session.present(tokens, connection({ settings: {} })).url).toContain('/realms/master/');
  });
});

describe('the probe', () => {
  function addressed(aud: unknown): Tokens {
    const claims = Buffer.from(JSON.stringify({ aud })).toString('base64url');
    return { ...tokens, accessToken: `not-a-header.${claims}.not-a-signature` };
  }

  it.each([
    ['a list of sessions', sampleReply(200, [{ id: 's', started: 1 }]), 'live'],
    ['no session at all', sampleReply(200, []), 'live'],
    ['a refusal', sampleReply(401, { error: 'HTTP 401 Unauthorized' }), 'dead'],
    ['a web page', sampleReply(200, '<html>'), 'unknown'],
    ['a 401 with a web page', sampleReply(401, '<html>'), 'unknown'],
    ['no right', sampleReply(403, {}), 'unknown'],
    ['a fault', sampleReply(500, ''), 'unknown'],
    ['no answer', sampleReply(null, '', { phase: 'sent' }), 'unknown'],
  ] as const)('at %s says %s', (_, reply, verdict) => {
    const found = session.probe.read(reply, addressed(['realm-management', 'account']));
    expect(found.verdict).toBe(verdict);
    expect(found.evidence).toMatch(/\.$/);
  });

  it.each([
    ['named as the only audience', addressed('account'), 'dead'],
    ['not named', addressed(['realm-management']), 'unknown'],
    ['absent', addressed(undefined), 'unknown'],
    ['hidden in a token that is no JWT', tokens, 'unknown'],
  ] as const)('takes a refusal for an end only where the account pages are meant: %s', (_, presented, verdict) => {
    expect(session.probe.read(sampleReply(401, {}), presented).verdict).toBe(verdict);
  });
});

describe('the doctor', () => {
  const discovery = { issuer: 'https://iam.example/auth/realms/master', token_endpoint: 'https://iam.example/token' };
  const read = (reply: ReturnType<typeof sampleReply>, baseUrl = 'https://iam.example/auth') =>
    ocp.doctor.read(reply, connection({ baseUrl }));

  it('is content with the realm’s own description', () => {
    expect(read(sampleReply(200, discovery))).toEqual({
      standing: 'clear',
      sentence: 'The IAM answered, and has the realm “master”.',
    });
  });

  it.each([
    ['a wrong realm', sampleReply(404, { error: 'Realm does not exist' }), undefined, /no realm “master”/],
    ['a missing /auth', sampleReply(404, '<html>Resource not found</html>'), 'https://iam.example', /Add \/auth/],
    ['a superfluous /auth', sampleReply(404, '<html>Resource not found</html>'), undefined, /Remove \/auth/],
    [
      'a superfluous /auth, in JSON',
      sampleReply(404, { error: 'Unable to find matching target resource method' }),
      undefined,
      /Remove \/auth/,
    ],
    ['something else', sampleReply(200, '<html>'), undefined, /not OCP’s IAM/],
    ['a reply that lacks the token endpoint', sampleReply(200, { issuer: 'x' }), undefined, /not OCP’s IAM/],
    [
      'an unknown host',
      sampleReply(null, '', { phase: 'not-sent', cause: { code: 'unknown-host', detail: 'iam.example' } }),
      undefined,
      /could not be found: iam\.example\. Nothing was sent/,
    ],
    ['a fault', sampleReply(502, ''), undefined, /status 502/],
  ])('names %s', (_, reply, baseUrl, words) => {
    const found = read(reply, baseUrl);
    expect(found.standing).toBe('attention');
    expect(`${found.sentence} ${found.next ?? ''}`).toMatch(words);
  });
});

describe('settings', () => {
  const field = (key: string) => settings.fields.find((each) => each.key === key);
  const fits = (key: string, value: string): boolean => {
    const found = field(key);
    return !!found && 'pattern' in found && found.pattern.matches.test(value);
  };

  it.each(['master', 'a-realm', 'Realm_2', 'réalm'])('takes the realm %s', (realm) => {
    expect(fits('realm', realm)).toBe(true);
  });

  it.each(['', 'a/b', 'a b', '..', '.', 'a?b', 'a#b', 'a\\b', 'a%2fb', 'a\nb'])('refuses the realm %j', (realm) => {
    expect(fits('realm', realm)).toBe(false);
  });

  it('knows scopes and client ids', () => {
    expect([fits('scope', 'openid profile'), fits('scope', 'openid  profile'), fits('scope', 'a"b')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([fits('clientId', 'ocp'), fits('clientId', ' ocp'), fits('clientId', 'o')]).toEqual([true, false, true]);
  });
});
