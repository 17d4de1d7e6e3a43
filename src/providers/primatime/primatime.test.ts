import { describe, expect, it } from 'vitest';
import type { Connection } from '../../http/envelope.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import type { Tokens } from '../tokens.ts';
import { primatime } from './index.ts';
import { settings } from './settings.ts';

const connection: Connection = {
  id: 'c',
  provider: 'primatime',
  name: 'C',
  baseUrl: 'https://acme.api.primatime.com/v1',
  settings: { tenant: 'acme', region: 'generic' },
  insecure: false,
  secretsSet: [],
  forwardsClientAddress: false,
};
const tokens: Tokens = {
  accessToken: 'canary-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'canary-refresh-token',
  facts: [],
};
const user = {
  id: 'u-1',
  email: 'alice@example.test',
  firstName: 'Alice',
  lastName: 'Test',
  displayName: 'Alice (canary)',
  secretKey: 'canary',
};
const KEY = '09f31e8c-2fda-44f6-ac90-616a2a88bcaf';

const [withKey, withPassword] = primatime.signIn;
const session = primatime.sessionFace(withKey.id);

describe('signing in with a secret key', () => {
  it.each([KEY, ` "${KEY}"\r\n`, `${KEY}:`, `Bearer ${KEY}`, `\u00A0“${KEY}”`])(
    'sends %j as user name without a password',
    (secretKey) => {
      expect(withKey.request({ secretKey }, connection)).toEqual({ ok: true, value: { user: KEY, password: '' } });
    },
  );

  it.each([
    ['Basic ', KEY],
    ['authorization: basic ', KEY],
    ['"Authorization: Basic ', KEY],
    ['Basic ', 'not-a-uuid.1'],
    // Nothing but this key can be meant.
    ['', KEY],
  ])('reads the key out of the pair of a header: %j', (scheme, key) => {
    const secretKey = `${scheme}${btoa(`${key}:`)}`;
    expect(withKey.request({ secretKey }, connection)).toEqual({ ok: true, value: { user: key, password: '' } });
    expect(withKey.keeps?.kept({ secretKey })).toEqual({ secretKey: key });
  });

  it('sends no header that carries a user’s password in place of a key', () => {
    const secretKey = `Basic ${btoa('alice@example.test:not-a-real-password')}`;
    const refused = withKey.request({ secretKey }, connection);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'key-with-password', happened: 'no' } });
    expect(JSON.stringify(refused)).not.toMatch(/alice|not-a-real/);
  });

  it.each(['abc', 'YWJj', 'deadbeef00'])('sends what stands after the scheme where it is no pair: %s', (key) => {
    const request = withKey.request({ secretKey: `Basic ${key}` }, connection);
    expect(request).toEqual({ ok: true, value: { user: key, password: '' } });
  });

  it.each([
    ['', 'key-empty'],
    [' \n', 'key-empty'],
    [`Chrome plugin (${KEY})`, 'key-not-one-word'],
    [`curl https://a.example -u ${KEY}:`, 'key-not-one-word'],
    [`id:${KEY}`, 'key-not-one-word'],
    [`${KEY}\u20AC`, 'key-odd-character'],
    [`${KEY.slice(0, -1)}\u0430`, 'key-odd-character'],
    ['k'.repeat(1_025), 'key-too-long'],
    ['k'.repeat(200_000), 'key-too-long'],
  ])('refuses %j before anything is sent', (secretKey, code) => {
    expect(withKey.request({ secretKey }, connection)).toMatchObject({
      ok: false,
      failure: { code, fault: 'input', happened: 'no' },
    });
  });

  it('does not repeat what was pasted in its refusal', () => {
    expect(JSON.stringify(withKey.request({ secretKey: 'canary with spaces' }, connection))).not.toContain('canary');
  });

  it('asks who the key belongs to, without taking a secret out of the answer', () => {
    const signedIn = withKey.read(sampleReply(200, { token: 'canary-token' }), {}, connection);
    expect(signedIn).toMatchObject({ ok: true, value: { tokens: { accessToken: 'canary-token' } } });
    expect(withKey.identify?.params(tokens, connection)).toEqual({ token: 'canary-token' });
    const identity = withKey.identify?.read(sampleReply(200, user), tokens);
    expect(identity).toEqual({ ok: true, value: { identity: { name: 'alice@example.test', id: 'u-1' } } });
  });

  it.each([
    [{ id: 'u-1', firstName: 'Alice', lastName: 'Test' }, 'Alice Test'],
    [{ id: 'u-1', nickName: 'al' }, 'al'],
    [{ id: 'u-1' }, 'u-1'],
    [{ ID: 'u-1', EMAIL: 'a@example.test' }, 'a@example.test'],
  ])('names the user of %j %s', (body, name) => {
    expect(withKey.identify?.read(sampleReply(200, body), tokens)).toMatchObject({
      ok: true,
      value: { identity: { name } },
    });
  });

  it('does without the name where the answer is none', () => {
    expect(withKey.identify?.read(sampleReply(200, []), tokens)).toMatchObject({ ok: false });
    expect(withKey.identify?.read(sampleReply(200, { id: 'x', status: 401, code: 'PE01-1010' }), tokens)).toMatchObject(
      {
        ok: false,
        failure: { code: 'token-over' },
      },
    );
  });
});

describe('signing in with e-mail and password', () => {
  it('sends both, the password as it was chosen', () => {
    const values = { email: ' alice@example.test\n', password: ' not a: real "password" \n' };
    expect(withPassword.request(values, connection)).toEqual({
      ok: true,
      value: { user: 'alice@example.test', password: ' not a: real "password" ' },
    });
    expect(withPassword.read(sampleReply(200, { token: 't' }), values, connection)).toMatchObject({
      value: { identity: { name: 'alice@example.test' } },
    });
  });

  it.each([
    [{ password: 'x' }, 'email-empty'],
    [{ email: 'a@example.test', password: '' }, 'password-empty'],
    [{ email: 'a:b', password: 'x' }, 'email-with-colon'],
    [{ email: 'a@example.test', password: 'x'.repeat(1_025) }, 'field-too-long'],
    [{ email: 'a@example.test', password: 'x\u0000' }, 'control-character'],
  ] as const)('refuses %j before anything is sent', (values, code) => {
    expect(withPassword.request(values, connection)).toMatchObject({ ok: false, failure: { code, fault: 'input' } });
  });
});

describe('a refresh', () => {
  it('sends the refresh token, and nothing where there is none', () => {
    const { refreshToken: _left, ...withoutRefreshToken } = tokens;
    expect(session.refresh.params(tokens, connection)).toEqual({ refresh_token: 'canary-refresh-token' });
    expect(session.refresh.params(withoutRefreshToken, connection)).toEqual({});
  });

  it('never keeps the old refresh token: it is used up', () => {
    const read = session.refresh.read(
      sampleReply(200, { token: 't2', expiration: '/Date(1393858439151)/' }),
      tokens,
      connection,
    );
    expect(read.ok && read.value).not.toHaveProperty('refreshToken');
  });
});

it('has no log out, and says how long the tokens live on', () => {
  expect(session).not.toHaveProperty('logOut');
  expect(session.forgetting).toMatch(/no call that logs out.*until it ends.*hour.*seven days/s);
  expect(primatime.slots).toBeNull();
});

it('presents the token in the query, outside the address, with a warning', () => {
  const example = session.present(tokens, connection);
  expect(example).toMatchObject({
    url: 'https://acme.api.primatime.com/v1/users/@self',
    query: [{ name: 'token', value: [{ secret: 'canary-token' }] }],
    header: ['token=', { secret: 'canary-token' }],
    variables: [{ name: 'PRIMATIME_TOKEN', value: 'canary-token' }],
  });
  expect(example.warning).toMatch(/address/);
});

describe('the probe', () => {
  it.each([
    ['the token’s user', sampleReply(200, user), 'live'],
    ['PE01-1010', sampleReply(401, { status: 401, code: 'PE01-1010' }), 'dead'],
    ['PE01-1010 inside a 200', sampleReply(200, { status: 401, code: 'PE01-1010' }), 'dead'],
    ['a 401 without a code', sampleReply(401, ''), 'unknown'],
    ['another code', sampleReply(401, { status: 401, code: 'PE01-1005' }), 'unknown'],
    ['a web page', sampleReply(200, '<html>'), 'unknown'],
    ['no answer', sampleReply(null, '', { phase: 'sent' }), 'unknown'],
  ] as const)('at %s says %s', (_, reply, verdict) => {
    expect(session.probe.read(reply, tokens).verdict).toBe(verdict);
  });
});

describe('the doctor', () => {
  const error = (status: number, code: string) => sampleReply(status, { status, code });

  it('is content when PrimaTime misses the token', () => {
    expect(primatime.doctor.read(error(400, 'PE01-1002'), connection).standing).toBe('clear');
    expect(primatime.doctor.read(sampleReply(200, { status: 400, code: 'PE01-1002' }), connection).standing).toBe(
      'clear',
    );
  });

  it.each([
    ['another region', error(301, 'PE01-1012'), /region/],
    ['an unknown tenant', error(401, 'PE01-1005'), /tenant/],
    ['a wrong path', error(404, 'PE01-9003'), /\/v1/],
    ['something else', sampleReply(200, '<html>'), /not PrimaTime/],
    ['an object without a token', sampleReply(200, user), /not PrimaTime/],
    [
      'an unknown host',
      sampleReply(null, '', { phase: 'not-sent', cause: { code: 'unknown-host' } }),
      /could not be found/,
    ],
    [
      'a lost answer that looks right',
      sampleReply(400, { code: 'PE01-1002' }, { phase: 'sent', cause: { code: 'cut' } }),
      /broke/,
    ],
  ])('names %s', (_, reply, words) => {
    const found = primatime.doctor.read(reply, connection);
    expect(found.standing).toBe('attention');
    expect(`${found.sentence} ${found.next ?? ''}`).toMatch(words);
  });
});

describe('settings', () => {
  const [tenant, region] = settings.fields;

  it('take a tenant that can stand in a host name', () => {
    expect(['acme', 'a', 'Acme-2'].every((value) => tenant.pattern.matches.test(value))).toBe(true);
    expect(
      ['', '-a', 'a-', 'a.b', 'a/b', 'a@b', 'a'.repeat(64)].some((value) => tenant.pattern.matches.test(value)),
    ).toBe(false);
  });

  it('make the vendor’s three addresses', () => {
    const address = (inBaseUrl: string) =>
      settings.defaultBaseUrl.replace('{tenant}', 'acme').replace('{region}', inBaseUrl);
    expect(region.choices.map(({ inBaseUrl }) => address(inBaseUrl))).toEqual([
      'https://acme.api.primatime.com/v1',
      'https://acme.api.eu.primatime.com/v1',
      'https://acme.api.us.primatime.com/v1',
    ]);
  });
});
