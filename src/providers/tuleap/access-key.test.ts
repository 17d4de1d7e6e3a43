import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../../http/sample-connection.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { api } from './error-samples.ts';
import { tuleap } from './index.ts';
import { signInWithAccessKey as way } from './sign-in-access-key.ts';

const connection = sampleConnection('https://tuleap.example');
const KEY = `tlp-k1-12.${'0badc0de'.repeat(8)}`;
/** As the vendor's page prints it. */
const PRINTED = `tlp.k1.1026.${'0badc0de'.repeat(8)}`;

const row = {
  id: 12,
  creation_date: '2023-11-14T22:13:20+00:00',
  expiration_date: '2027-01-31T23:59:59+01:00',
  description: 'CI',
  last_used_on: '2026-03-13T15:42:00+01:00',
  last_used_by: '10.0.0.1',
  scopes: [{ identifier: 'write:rest' }, { identifier: 'write:svn' }],
};
const facts = [
  { label: 'Description', value: 'CI' },
  { label: 'Scopes', value: 'write:rest write:svn' },
  { label: 'Last used', value: '13 Mar 2026, 14:42:00 UTC' },
  { label: 'Last used from', value: '10.0.0.1' },
];
const expected = {
  accessToken: KEY,
  accessExpiry: { kind: 'absolute', serverMs: Date.UTC(2027, 0, 31, 22, 59, 59) },
  facts,
};

const read = (body: unknown) => way.read(sampleReply(200, body), { accessKey: KEY }, connection);
const without = (field: keyof typeof row): object => {
  const { [field]: _left, ...rest } = row;
  return rest;
};

describe('signing in with an access key', () => {
  it.each([
    KEY,
    ` "${KEY}"\n`,
    `X-Auth-AccessKey:  ${KEY}`,
    `'x-auth-accesskey: ${KEY}'`,
    `X-Auth-AccessKey: "${KEY}"`,
    `  "X-Auth-AccessKey": "${KEY}",`,
    `curl -XGET --header 'Content-type: application/json' --header 'X-Auth-AccessKey: ${KEY}' https://a.example`,
    PRINTED,
  ])('sends %j as it is recognised', (accessKey) => {
    const sent = accessKey === PRINTED ? PRINTED : KEY;
    expect(way.request({ accessKey }, connection)).toEqual({ ok: true, value: { accessKey: sent } });
  });

  it.each([
    ['', 'key-empty'],
    ['canary with spaces', 'key-not-one-word'],
    [`curl --header 'X-Auth-Token: ${KEY}' https://a.example`, 'key-not-one-word'],
    ['canary-no-key', 'key-not-recognised'],
    ['tlp-oauth2-at1-3.canary', 'key-not-recognised'],
    [`${KEY}${'0'.repeat(512)}`, 'key-too-long'],
    ['canary'.repeat(33_000), 'key-too-long'],
    [`${KEY}é`, 'key-odd-character'],
    ['канарейка', 'key-odd-character'],
  ])('refuses %j before anything is sent, without repeating it', (accessKey, code) => {
    const request = way.request({ accessKey }, connection);
    expect(request).toMatchObject({ ok: false, failure: { code, fault: 'input', happened: 'no' } });
    expect(JSON.stringify(request)).not.toContain('canary');
  });

  it('knows the key by its number, in both spellings', () => {
    expect(way.nameOfCredential?.({ accessKey: KEY })).toBe('Access key no. 12');
    expect(way.nameOfCredential?.({ accessKey: PRINTED })).toBe('Access key no. 1026');
    expect(way.nameOfCredential?.({ accessKey: 'canary' })).toBe('Access key');
  });
});

describe('what the server knows of the key', () => {
  it('tells its end, its scopes and its last use', () => {
    expect(read(row)).toEqual({
      ok: true,
      value: { tokens: expected, identity: { name: 'Owner of access key no. 12' } },
    });
    expect(read({ ...row, id: '12', more: { error: 'x' } })).toMatchObject({ ok: true, value: { tokens: expected } });
  });

  it('has no end where the server says so, which is not the same as saying nothing', () => {
    expect(read({ ...row, expiration_date: null })).toMatchObject({
      value: { tokens: { accessExpiry: { kind: 'never' } } },
    });
    expect(read(without('expiration_date'))).toMatchObject({
      value: { tokens: { accessExpiry: { kind: 'unknown' } } },
    });
    expect(read({ ...row, expiration_date: 'soon' })).toMatchObject({
      value: { tokens: { accessExpiry: { kind: 'unknown' } } },
    });
  });

  it.each([
    ['description', 'Description'],
    ['scopes', 'Scopes'],
    ['last_used_on', 'Last used'],
    ['last_used_by', 'Last used from'],
  ] as const)('may lack %s', (field, label) => {
    expect(read(without(field))).toMatchObject({
      value: { tokens: { ...expected, facts: facts.filter((fact) => fact.label !== label) } },
    });
    expect(read({ ...row, [field]: null })).toMatchObject({ ok: true });
  });

  it('may lack the rest, but for the number', () => {
    expect(read(without('creation_date'))).toMatchObject({ value: { tokens: expected } });
    expect(read(without('id'))).toMatchObject({ ok: false, failure: { code: 'unreadable' } });
  });

  it('is nothing at a refusal', () => {
    const reply = api(401, 'Unauthorized: Invalid access key');
    expect(way.read(reply, { accessKey: KEY }, connection)).toMatchObject({
      ok: false,
      failure: { code: 'key-refused' },
    });
  });
});

describe('its session', () => {
  const face = tuleap.sessionFace('access-key');
  const tokens = { accessToken: KEY, accessExpiry: { kind: 'never' }, facts: [] } as const;

  it('neither refreshes nor logs out, and says where the key is deleted', () => {
    expect(face).not.toHaveProperty('refresh');
    expect(face).not.toHaveProperty('logOut');
    expect(face.carries).toBe('access key');
    expect(face.forgetting).toMatch(/leaves it as it is.*deleted.*\/account\/keys-tokens/s);
  });

  it('carries the key in its header', () => {
    expect(face.credential(tokens)).toEqual({ accessKey: KEY });
    expect(face.present(tokens, connection)).toMatchObject({
      url: 'https://tuleap.example/api/users/self',
      headers: [{ name: 'X-Auth-AccessKey', value: [{ secret: KEY }] }, { name: 'Accept' }],
      header: ['X-Auth-AccessKey: ', { secret: KEY }],
    });
  });

  it.each([
    ['its own row', sampleReply(200, row), 'live'],
    ['401 for the key', api(401, 'Unauthorized: Invalid access key'), 'dead'],
    ['401 for its form', api(401, 'Unauthorized: Key or token incorrectly formatted'), 'dead'],
    ['401 that saw no credential', api(401, 'Unauthorized'), 'unknown'],
    ['401 of something before it', sampleReply(401, '<html>'), 'unknown'],
    ['a suspended account', api(403, 'Forbidden: Your account has been suspended'), 'unknown'],
    ['404', api(404, 'Not Found'), 'unknown'],
    ['a fault', sampleReply(500, ''), 'unknown'],
    ['a web page', sampleReply(200, '<html>'), 'unknown'],
    ['no answer', sampleReply(200, row, { phase: 'sent' }), 'unknown'],
  ] as const)('is probed: at %s it is %s', (_, reply, verdict) => {
    const found = face.probe.read(reply, tokens);
    expect(found.verdict).toBe(verdict);
    expect(found.evidence).toMatch(/\.$/);
  });
});
