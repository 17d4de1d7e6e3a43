import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../../http/sample-connection.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import type { Tokens } from '../tokens.ts';
import { alm } from './index.ts';

const connection = (settings: Readonly<Record<string, string>> = { segment: 'perforce-alm' }) =>
  sampleConnection('https://alm.example:8443', { settings });

const project = { id: '{a07e5d12-c02e-430b-980f-b5ff9fd97c0b}', label: 'Payments' };
const tokens: Tokens = {
  accessToken: 'canary-token',
  accessExpiry: { kind: 'unknown' },
  companions: { segment: 'helix-alm', project: project.id },
  facts: [],
};
const [withKey, withPassword] = alm.signIn;
const KEY = '293bb9a7dd36c7:canary-dd487b2f';

describe('signing in with an API key', () => {
  it.each([
    KEY,
    ` "${KEY}"\r\n`,
    `ApiKey ${KEY}`,
    `Authorization: ApiKey ${KEY}`,
    `"Authorization: apikey ${KEY}"`,
    KEY.replace(':', ' : '),
    KEY.replace(':', ':\n'),
  ])('sends %j raw, as one pair', (apiKey) => {
    expect(withKey.targets?.request({ apiKey }, connection())).toEqual({
      ok: true,
      value: { segment: 'perforce-alm', apiKey: KEY },
    });
    expect(withKey.request({ apiKey }, connection(), project)).toEqual({
      ok: true,
      value: { segment: 'perforce-alm', apiKey: KEY, project: project.id },
    });
  });

  it('is found in whatever it is commonly copied with: a header with quotes, a curl line, JSON', () => {
    const word = (from: string, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...Array.from(from)), minLength: 1, maxLength });
    const LETTERS = 'abcXYZ0189-_';
    const pair = fc.tuple(word(LETTERS, 40), word(`${LETTERS}:.~+/=!#$%&()*,;<>?@[]^{|}`, 60));
    const quote = fc.constantFrom('"', "'", '“', '`');
    const around: readonly ((pair: string, quote: string) => string)[] = [
      (key, q) => `${q}${key}${q}\n`,
      (key) => `ApiKey ${key}`,
      (key) => `Authorization: ApiKey ${key}\r\n`,
      (key, q) => `Authorization: ${q}ApiKey ${key}${q}`,
      (key, q) => `Authorization: ApiKey ${q}${key}${q}`,
      (key, q) => `  ${q}Authorization${q}: ${q}ApiKey ${key}${q},`,
      (key, q) => `-H ${q}Authorization: ApiKey ${key}${q} \\`,
      (key, q) =>
        `curl -sS -H ${q}Authorization: ApiKey ${key}${q} https://alm.example:8443/perforce-alm/api/v0/projects`,
      (key, q) => `curl https://alm.example:8443/x \\\n  --header ${q}authorization: apikey ${key}${q} \\\n  -k\n`,
      (key, q) => `fetch(url, { headers: { Authorization: ${q}ApiKey ${key}${q} } })`,
    ];
    fc.assert(
      fc.property(pair, quote, fc.constantFrom(...around), ([id, secret], q, wrap) => {
        const request = withKey.targets?.request({ apiKey: wrap(`${id}:${secret}`, q) }, connection());
        expect(request).toMatchObject({ ok: true, value: { apiKey: `${id}:${secret}` } });
      }),
      { numRuns: 500 },
    );
  });

  it('splits at the first colon alone: the secret may hold more of them', () => {
    const request = withKey.request({ apiKey: 'id:not:a:real:secret' }, connection(), project);
    expect(request).toMatchObject({ value: { apiKey: 'id:not:a:real:secret' } });
    expect(withKey.nameOfCredential?.({ apiKey: 'id:not:a:real:secret' })).toBe('API key id');
  });

  it.each([
    ['', 'key-empty'],
    [' " " ', 'key-empty'],
    ['canary', 'key-not-a-pair'],
    [':canary', 'key-not-a-pair'],
    ['canary:', 'key-not-a-pair'],
    [`curl -H "Authorization: Bearer ${KEY} https://a.example`, 'key-not-a-pair'],
    [`${KEY}€`, 'key-odd-character'],
    [`id:${'x'.repeat(2_048)}`, 'key-too-long'],
    ['canaryä', 'key-odd-character'],
    ['x'.repeat(200_000), 'key-too-long'],
    [`canary${' '.repeat(200_000)}x`, 'key-not-a-pair'],
  ])('refuses %j before anything is sent, without repeating it', (apiKey, code) => {
    const request = withKey.request({ apiKey }, connection(), project);
    expect(request).toMatchObject({ ok: false, failure: { code, fault: 'input', happened: 'no' } });
    expect(JSON.stringify(request)).not.toContain('canary');
    expect(withKey.targets?.request({ apiKey }, connection())).toMatchObject({ ok: false });
  });

  it('mints for a project, and for none without one', () => {
    expect(withKey.request({ apiKey: KEY }, connection())).toMatchObject({
      ok: false,
      failure: { code: 'project-missing-here', fault: 'input' },
    });
    const reply = sampleReply(200, { accessToken: 'canary-token', expiresOn: '2030-01-01T00:00:00Z' });
    expect(withKey.read(reply, { segment: 'helix-alm' }, connection(), project)).toMatchObject({
      ok: true,
      value: {
        identity: { name: 'Payments' },
        tokens: { accessExpiry: { kind: 'absolute' }, companions: { segment: 'helix-alm', project: project.id } },
      },
    });
  });

  it('names the key so that a person knows it again, and nothing of its secret', () => {
    expect(withKey.nameOfCredential?.({ apiKey: ` ApiKey ${KEY}\n` })).toBe('API key 293bb9a7dd36c7');
    expect(withKey.nameOfCredential?.({ apiKey: '293bb9a7aaaadd36c7:canary' })).toBe('API key 293bb9a7…dd36c7');
    expect(withKey.nameOfCredential?.({ apiKey: 'canary' })).toBe('API key');
  });

  it('keeps the cleaned key alone, where the person wants that', () => {
    expect(withKey.keeps?.kept({ apiKey: ` "${KEY}"`, segment: 'helix-alm' })).toEqual({ apiKey: KEY });
    expect(withKey.keeps?.kept({ apiKey: 'canary' })).toEqual({});
  });

  it('gives the vendor’s three reasons for it', () => {
    expect(withKey.reason).toMatch(/long and random.*no ALM client.*deleted without breaking/s);
    expect(withKey.standing).toBe('preferred');
  });
});

describe('signing in with user name and password', () => {
  it('sends both, and an empty password for an account without one', () => {
    const values = { username: ' jürgen\n', password: 'Paßwort 🔑 "x"', segment: 'helix-alm' };
    expect(withPassword.targets?.request(values, connection())).toEqual({
      ok: true,
      value: { segment: 'helix-alm', user: 'jürgen', password: 'Paßwort 🔑 "x"' },
    });
    expect(withPassword.request({ username: 'Administrator', password: '' }, connection(), project)).toEqual({
      ok: true,
      value: { segment: 'perforce-alm', user: 'Administrator', password: '', project: project.id },
    });
  });

  it.each([
    [{ password: 'x' }, 'user-empty'],
    [{ username: 'a:b', password: 'x' }, 'user-with-colon'],
  ])('refuses %j', (values, code) => {
    expect(withPassword.targets?.request(values, connection())).toMatchObject({ ok: false, failure: { code } });
  });

  it('never offers to keep the password, and cannot mint again', () => {
    expect(withPassword).not.toHaveProperty('keeps');
    expect(alm.sessionFace('password')).not.toHaveProperty('refresh');
    expect(withPassword.nameOfCredential?.({ username: ' alice ', password: 'canary' })).toBe('Password of alice');
  });
});

describe('the path name', () => {
  it.each([
    [{ segment: 'helix-alm' }, { segment: 'perforce-alm' }, 'helix-alm'],
    [{}, { segment: 'helix-alm' }, 'helix-alm'],
    [{ segment: '../x' }, { segment: 'helix-alm' }, 'helix-alm'],
    [{}, {}, 'perforce-alm'],
  ])('is the one that was chosen, else the operator’s: %j of %j', (values, settings, segment) => {
    const request = withKey.targets?.request({ apiKey: KEY, ...values }, connection(settings));
    expect(request).toMatchObject({ ok: true, value: { segment } });
  });

  it('stands in the form at first as the operator wrote it', () => {
    const field = withKey.fields.find(({ name }) => name === 'segment');
    expect(field?.initial?.(connection({ segment: 'helix-alm' }))).toBe('helix-alm');
    expect(field?.choices?.map(({ value }) => value)).toEqual(['perforce-alm', 'helix-alm']);
  });
});

describe('a session', () => {
  const face = alm.sessionFace('api-key');

  it('mints again with the kept key, for the same project under the same path name', () => {
    const { refresh } = face;
    if (refresh?.kind !== 'mint-again') throw new Error('A refresh mints again');
    expect(refresh.params(tokens, connection(), { apiKey: KEY })).toEqual({
      segment: 'helix-alm',
      project: project.id,
      apiKey: KEY,
    });
  });

  it('names a restart as what is likely only where nothing speaks against it', () => {
    for (const way of ['api-key', 'password']) {
      const { restart } = alm.sessionFace(way);
      expect(restart?.likely).toMatch(/most likely the ALM Server was restarted/);
      expect(restart?.unsure).toMatch(/restarted, or the API key that made it was deleted/);
    }
  });

  it('has no log out, and says what ends its token', () => {
    expect(face).not.toHaveProperty('logOut');
    expect(face.forgetting).toMatch(/no call that logs out.*until it ends.*seven days.*restarted.*API key.*deleted/s);
    expect(alm.sessionFace('password').forgetting).not.toMatch(/API key/);
    expect(() => alm.sessionFace('other')).toThrow(/opens no session/);
  });

  it('shows one issue of its project as the example', () => {
    expect(face.present(tokens, connection())).toMatchObject({
      url: 'https://alm.example:8443/helix-alm/api/v0/%7Ba07e5d12-c02e-430b-980f-b5ff9fd97c0b%7D/issues',
      query: [{ name: 'per_page', value: ['1'] }],
      header: ['Authorization: Bearer ', { secret: 'canary-token' }],
      variables: [{ name: 'ALM_TOKEN', value: 'canary-token' }],
    });
  });
});

describe('the probe', () => {
  it.each([
    ['the issues', sampleReply(200, { issues: [], paging: {} }), 'live'],
    ['a missing right', sampleReply(403, { statusCode: 403, message: 'No license' }), 'live'],
    ['a refusal', sampleReply(401, { statusCode: 401, message: 'x' }), 'dead'],
    ['a missing project', sampleReply(404, { statusCode: 404, message: 'x' }), 'unknown'],
    ['a web page', sampleReply(200, '<html>'), 'unknown'],
    ['a 401 with a web page', sampleReply(401, ' <html>'), 'unknown'],
    ['a 403 with a web page', sampleReply(403, '<html>'), 'unknown'],
    ['a fault', sampleReply(500, ''), 'unknown'],
    ['no answer', sampleReply(null, '', { phase: 'sent' }), 'unknown'],
  ] as const)('at %s says %s', (_, reply, verdict) => {
    expect(alm.sessionFace('api-key').probe.read(reply, tokens)).toMatchObject({ verdict });
  });
});

describe('the doctor', () => {
  const versions = { RESTAPIServer: '.', HALMCommsLibrary: '2022.1.0.0', HALMServer: '2022.1.0.0', errors: [] };
  const examine = (reply: ReturnType<typeof sampleReply>) => alm.doctor.read(reply, connection());

  it('is content with the versions, which need no credential', () => {
    expect(examine(sampleReply(200, versions))).toEqual({
      standing: 'clear',
      sentence: 'Perforce ALM 2022.1.0.0 answered under the path name perforce-alm.',
    });
    expect(examine(sampleReply(200, { HALMServer: '2026.1.0.0' })).standing).toBe('clear');
  });

  it.each([
    [
      'an ALM Server that is not reached',
      sampleReply(200, { ...versions, HALMServer: '<unknown>' }),
      /cannot reach the ALM Server/,
    ],
    ['a fault that it reports', sampleReply(200, { ...versions, errors: [{ message: 'Disk full' }] }), /Disk full/],
    ['the other path name', sampleReply(404, '<html>'), /Try helix-alm/],
    ['something else', sampleReply(200, '<html>'), /not Perforce ALM/],
    ['another program’s versions', sampleReply(200, { restApiVersion: '2026.1' }), /not Perforce ALM/],
    ['a fault', sampleReply(500, { statusCode: 500, message: 'x' }), /ALM Server/],
    [
      'an unknown host',
      sampleReply(null, '', { phase: 'not-sent', cause: { code: 'unknown-host' } }),
      /could not be found/,
    ],
  ])('names %s', (_, reply, words) => {
    const found = examine(reply);
    expect(found.standing).toBe('attention');
    expect(`${found.sentence} ${found.next ?? ''}`).toMatch(words);
  });
});
