import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReply } from '../../http/sample-reply.ts';
import type { Tokens } from '../tokens.ts';
import { readTokens } from './tokens.ts';

/** The reply on the vendor's page, to a login and to a refresh. */
const vendorReply = {
  token: 'c0e0c951-40d5-4e4a-9789-6524c1d2f80d',
  expiration: '/Date(1393858439151)/',
  refreshToken: '5d01a310-0e68-4733-9faf-8efdb1b367f7',
  refreshExpiration: '/Date(1394459639151)/',
};

const expected = {
  accessToken: 'c0e0c951-40d5-4e4a-9789-6524c1d2f80d',
  accessExpiry: { kind: 'absolute', serverMs: 1_393_858_439_151 },
  refreshToken: '5d01a310-0e68-4733-9faf-8efdb1b367f7',
  refreshExpiry: { kind: 'absolute', serverMs: 1_394_459_639_151 },
  facts: [],
};

function tokensOf(body: unknown): Tokens {
  const read = readTokens(sampleReply(200, body), 'signIn');
  if (!read.ok) throw new Error(`refused as ${read.failure.code}`);
  return read.value;
}

const without = (field: keyof typeof vendorReply): object => {
  const { [field]: _left, ...rest } = vendorReply;
  return rest;
};

describe('the reply on the vendor’s page', () => {
  it('becomes tokens with two lives, by the server’s clock', () => {
    expect(tokensOf(vendorReply)).toEqual(expected);
  });

  it('may hold anything more', () => {
    expect(tokensOf({ ...vendorReply, user: { status: 500 }, code: 7, constructor: null })).toEqual(expected);
  });

  it('may be spelled as the vendor’s table spells it', () => {
    const { token, expiration, refreshToken: refreshtoken, refreshExpiration: refreshexpiration } = vendorReply;
    expect(tokensOf({ token, expiration, refreshtoken, refreshexpiration })).toEqual(expected);
    expect(tokensOf({ TOKEN: token, Expiration: expiration, RefreshToken: refreshtoken, refreshexpiration })).toEqual(
      expected,
    );
  });

  it('is refused as unreadable without a token, and as uncertain: it may have been made', () => {
    expect(readTokens(sampleReply(200, without('token')), 'refresh')).toMatchObject({
      ok: false,
      failure: { code: 'unreadable', happened: 'unknown' },
    });
  });

  it('may lack the rest', () => {
    expect(tokensOf(without('expiration'))).toEqual({ ...expected, accessExpiry: { kind: 'unknown' } });
    expect(tokensOf(without('refreshExpiration'))).toEqual({ ...expected, refreshExpiry: { kind: 'unknown' } });
    const { refreshToken: _token, refreshExpiry: _expiry, ...withoutRefresh } = expected;
    expect(tokensOf(without('refreshToken'))).toEqual(withoutRefresh);
  });
});

it.each(['/Date()/', 'tomorrow', '', null, {}, Number.MAX_VALUE, '0000-00-00'])(
  'a date that is none, %j, gives an unknown expiry',
  (expiration) => {
    expect(tokensOf({ ...vendorReply, expiration }).accessExpiry).toEqual({ kind: 'unknown' });
  },
);

it.each(['', ' ', 'a b', 'a\r\nb', '“a”', 'a'.repeat(1_025), 7, null, {}])(
  'a token that no address could carry is none: %j',
  (token) => {
    expect(readTokens(sampleReply(200, { ...vendorReply, token }), 'signIn').ok).toBe(false);
    expect(tokensOf({ ...vendorReply, refreshToken: token })).not.toHaveProperty('refreshToken');
  },
);

describe('what is no success', () => {
  it.each([
    [
      'an error inside a 200 that also holds tokens',
      sampleReply(200, { ...vendorReply, status: 401, code: 'PE01-1011' }),
      'refresh-token-dead',
    ],
    ['a lost answer', sampleReply(200, vendorReply, { phase: 'sent', cause: { code: 'cut' } }), 'refresh-lost'],
    ['a redirect', sampleReply(301, vendorReply), 'other-region-by-redirect'],
    ['a script call', sampleReply(200, `callback(${JSON.stringify(vendorReply)})`), 'web-page'],
    ['a list', sampleReply(200, [vendorReply]), 'unreadable'],
  ])('gives no tokens: %s', (_, reply, code) => {
    expect(readTokens(reply, 'refresh')).toMatchObject({ ok: false, failure: { code } });
  });
});

it('any body gives tokens or a failure, never an exception and never NaN', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a', '/Date(1)/', '/Date(x)/', 1e308));
  const body = fc.record(
    { token: value, refreshToken: value, expiration: value, refreshExpiration: value, status: value, code: value },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(body, fc.jsonValue()), fc.integer({ min: 100, max: 599 }), (json, status) => {
      const read = readTokens(sampleReply(status, JSON.stringify(json)), 'signIn');
      if (!read.ok) return;
      for (const expiry of [read.value.accessExpiry, read.value.refreshExpiry]) {
        if (expiry?.kind === 'absolute') expect(Number.isNaN(new Date(expiry.serverMs).getTime())).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
