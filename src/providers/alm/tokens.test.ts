import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReply } from '../../http/sample-reply.ts';
import { readToken, readTokenAgain } from './tokens.ts';

/** The reply in the vendor's own client. */
const vendorReply = { tokenType: 'Bearer', expiresOn: '2022-03-08T15:56:24Z', accessToken: 'eyJhbGciOiJIUzI1NiIs.x.y' };
const target = { id: '{a07e5d12-c02e-430b-980f-b5ff9fd97c0b}', label: "@REST API's Test Project DB!" };

const expected = {
  accessToken: 'eyJhbGciOiJIUzI1NiIs.x.y',
  accessExpiry: { kind: 'absolute', serverMs: Date.UTC(2022, 2, 8, 15, 56, 24) },
  companions: { segment: 'helix-alm', project: target.id },
  facts: [
    { label: 'Project', value: target.label },
    { label: 'Project id', value: target.id },
    { label: 'Path name', value: 'helix-alm' },
  ],
};

const read = (body: unknown, status = 200) => readToken(sampleReply(status, body), 'tokenByKey', 'helix-alm', target);

describe('the vendor’s reply', () => {
  it('becomes a token that knows its project and its path name', () => {
    expect(read(vendorReply)).toEqual({ ok: true, value: expected });
  });

  it('may hold anything more', () => {
    expect(read({ ...vendorReply, refreshToken: 'x', error: null, expires_in: 5, constructor: 1 })).toEqual({
      ok: true,
      value: expected,
    });
  });

  it('is refused without a token, as uncertain: one may have been made', () => {
    const { accessToken: _left, ...rest } = vendorReply;
    expect(read(rest)).toMatchObject({ ok: false, failure: { code: 'mint-without-token', happened: 'unknown' } });
  });

  it('may lack the rest', () => {
    const { expiresOn: _end, ...withoutEnd } = vendorReply;
    expect(read(withoutEnd)).toEqual({ ok: true, value: { ...expected, accessExpiry: { kind: 'unknown' } } });
    const { tokenType: _type, ...withoutType } = vendorReply;
    expect(read(withoutType)).toEqual({ ok: true, value: expected });
  });
});

it.each([
  ['2022-03-08T16:56:24+01:00', expected.accessExpiry],
  ['2022-03-08T15:56:24.000Z', expected.accessExpiry],
  ['2022-03-08T15:56:24', { kind: 'unknown' }],
  ['0000-00-00T00:00:00Z', { kind: 'unknown' }],
  ['10000-01-01T00:00:00Z', { kind: 'unknown' }],
  ['', { kind: 'unknown' }],
  ['tomorrow', { kind: 'unknown' }],
  [1_646_754_984, { kind: 'unknown' }],
  [null, { kind: 'unknown' }],
  [{}, { kind: 'unknown' }],
])('expiresOn %j is read as %j, and never as NaN', (expiresOn, accessExpiry) => {
  expect(read({ ...vendorReply, expiresOn })).toMatchObject({ ok: true, value: { accessExpiry } });
});

it.each(['', ' ', 'a b', 'a\r\nb', '“a”', 'ä', 'a'.repeat(32_769), 7, null, {}, ['a']])(
  'a token that no header could carry is none: %j',
  (accessToken) => {
    expect(read({ ...vendorReply, accessToken }).ok).toBe(false);
  },
);

describe('a token minted again', () => {
  it('takes the place of the former one, for the same project', () => {
    const again = { ...vendorReply, accessToken: 'second', expiresOn: '2022-03-15T15:56:24Z' };
    expect(
      readTokenAgain(sampleReply(200, again), 'tokenByKey', { ...expected, accessExpiry: { kind: 'unknown' } }),
    ).toEqual({
      ok: true,
      value: {
        ...expected,
        accessToken: 'second',
        accessExpiry: { kind: 'absolute', serverMs: Date.UTC(2022, 2, 15, 15, 56, 24) },
      },
    });
  });

  it('is none at a refusal', () => {
    const refused = sampleReply(500, {
      statusCode: 500,
      message: 'The Perforce ALM License Server prevented this action',
    });
    expect(readTokenAgain(refused, 'tokenByKey', { ...expected, accessExpiry: { kind: 'unknown' } })).toMatchObject({
      ok: false,
      failure: { code: 'key-dead', fault: 'credential' },
    });
  });
});

it('any body gives a token or a failure, never an exception', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a.b.c', '2022-03-08T15:56:24Z'));
  const body = fc.record({ accessToken: value, expiresOn: value, error: value, errors: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(body, fc.jsonValue()), fc.integer({ min: 100, max: 599 }), (json, status) => {
      const tokens = readToken(sampleReply(status, JSON.stringify(json)), 'tokenByKey', 'helix-alm', target);
      if (!tokens.ok) return;
      expect(status).toBeGreaterThanOrEqual(200);
      if (tokens.value.accessExpiry.kind === 'absolute') expect(tokens.value.accessExpiry.serverMs).not.toBeNaN();
    }),
    { numRuns: 300 },
  );
});
