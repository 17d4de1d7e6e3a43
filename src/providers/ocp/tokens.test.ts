import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_AT_MS, sampleReply } from '../../http/sample-reply.ts';
import { toBase64Url } from '../../lib/base64.ts';
import type { Tokens } from '../tokens.ts';
import { readTokens } from './tokens.ts';

const jwt = (claims: unknown): string =>
  `e30.${toBase64Url(new TextEncoder().encode(JSON.stringify(claims)))}.not-a-real-signature`;

/** The reply on the vendor's page. */
const vendorReply = {
  access_token: 'canary-access-token',
  expires_in: 300,
  refresh_expires_in: 1800,
  refresh_token: 'canary-refresh-token',
  token_type: 'bearer',
  'not-before-policy': 0,
  session_state: '6d4e82a1-2d6d-402a-9d52-f3f99d7a477c',
  scope: 'openid',
};

const relative = (lifeMs: number) => ({ kind: 'relative', lifeMs, anchorMs: SAMPLE_AT_MS });
const unknown = { kind: 'unknown' };

function tokensOf(body: unknown, before?: Tokens): Tokens {
  const read = readTokens(sampleReply(200, body), before ? 'refresh' : 'signIn', before);
  if (!read.ok) throw new Error(`refused as ${read.failure.code}`);
  return read.value;
}

const without = (field: keyof typeof vendorReply): object => {
  const { [field]: _left, ...rest } = vendorReply;
  return rest;
};

describe('the reply on the vendor’s page', () => {
  const expected = {
    accessToken: 'canary-access-token',
    accessExpiry: relative(300_000),
    refreshToken: 'canary-refresh-token',
    refreshExpiry: relative(1_800_000),
    serverSessionId: '6d4e82a1-2d6d-402a-9d52-f3f99d7a477c',
    facts: [
      { label: 'Scope', value: 'openid' },
      { label: 'Token type', value: 'bearer' },
    ],
  };

  it('becomes tokens, lives counted from the start of the request', () => {
    expect(tokensOf(vendorReply)).toEqual(expected);
  });

  it('may hold anything more', () => {
    expect(
      tokensOf({ ...vendorReply, id_token: 'x', nested: { error: 'y' }, __proto__: null, constructor: 1 }),
    ).toEqual(expected);
  });

  it('is refused as unreadable without an access token, and as uncertain: it may have been made', () => {
    const read = readTokens(sampleReply(200, without('access_token')), 'signIn');
    expect(read).toMatchObject({ ok: false, failure: { code: 'unreadable', happened: 'unknown', fault: 'provider' } });
  });

  it.each([
    ['expires_in', { accessExpiry: unknown }],
    ['refresh_expires_in', { refreshExpiry: unknown }],
    ['refresh_token', { refreshToken: undefined, refreshExpiry: undefined }],
    ['token_type', { facts: [{ label: 'Scope', value: 'openid' }] }],
    ['scope', { facts: [{ label: 'Token type', value: 'bearer' }] }],
    ['session_state', { serverSessionId: undefined }],
    ['not-before-policy', {}],
  ] as const)('may lack %s', (field, difference) => {
    const wanted = Object.fromEntries(
      Object.entries({ ...expected, ...difference }).filter(([, value]) => value !== undefined),
    );
    expect(tokensOf(without(field))).toEqual(wanted);
  });
});

describe('the life of an access token', () => {
  it.each([
    [300, relative(300_000)],
    ['300', relative(300_000)],
    [' 299 ', relative(299_000)],
    [1.5, relative(1_500)],
    [2_592_000, relative(2_592_000_000)],
    [0, relative(0)],
    [-1, relative(0)],
    ['-30', relative(0)],
    [null, unknown],
    ['soon', unknown],
    ['', unknown],
    ['1e3', unknown],
    [{}, unknown],
    [[300], unknown],
    [true, unknown],
    [1e300, unknown],
  ])('expires_in %j gives %j', (expires_in, expiry) => {
    expect(tokensOf({ ...vendorReply, expires_in }).accessExpiry).toEqual(expiry);
  });

  it('of a refresh token is not known for 0, which is how the server writes “no end”', () => {
    expect(tokensOf({ ...vendorReply, refresh_expires_in: 0 }).refreshExpiry).toEqual(unknown);
    expect(tokensOf({ ...vendorReply, refresh_expires_in: '0' }).refreshExpiry).toEqual(unknown);
  });

  it.each([-5, '-5', -0.001])('of a refresh token is not known for %j, which says nothing of its end', (seconds) => {
    expect(tokensOf({ ...vendorReply, refresh_expires_in: seconds }).refreshExpiry).toEqual(unknown);
  });
});

describe('a token that no header could carry', () => {
  const bad = ['', ' ', 'a b', 'a\r\nb', 'a\u0000', '“a”', 'ä', '😀', 'a'.repeat(32_769), 7, null, {}, ['a']];

  it.each(bad)('is none, as access token: %j', (access_token) => {
    expect(readTokens(sampleReply(200, { ...vendorReply, access_token }), 'signIn')).toMatchObject({ ok: false });
  });

  it.each(bad)('is none, as refresh token: %j', (refresh_token) => {
    expect(tokensOf({ ...vendorReply, refresh_token })).not.toHaveProperty('refreshToken');
  });
});

describe('the session’s id', () => {
  it('comes from the token where the reply has none', () => {
    expect(
      tokensOf({ ...vendorReply, session_state: undefined, access_token: jwt({ sid: 'Opaque24' }) }).serverSessionId,
    ).toBe('Opaque24');
    expect(tokensOf({ ...vendorReply, session_state: undefined, access_token: jwt({ sid: 7 }) })).not.toHaveProperty(
      'serverSessionId',
    );
    expect(tokensOf({ ...vendorReply, session_state: undefined, access_token: jwt([]) })).not.toHaveProperty(
      'serverSessionId',
    );
    expect(tokensOf({ ...vendorReply, session_state: undefined, access_token: 'e30.!!.x' })).not.toHaveProperty(
      'serverSessionId',
    );
  });
});

describe('a refresh', () => {
  const before = tokensOf(vendorReply);

  it('brings a new pair', () => {
    const after = tokensOf({ ...vendorReply, access_token: 'a2', refresh_token: 'r2', refresh_expires_in: 20 }, before);
    expect(after).toMatchObject({ accessToken: 'a2', refreshToken: 'r2', refreshExpiry: relative(20_000) });
  });

  it('keeps the old refresh token and its end where the reply has no new one', () => {
    const after = tokensOf({ access_token: 'a2', expires_in: 60 }, before);
    expect(after).toMatchObject({
      accessToken: 'a2',
      accessExpiry: relative(60_000),
      refreshToken: before.refreshToken,
      refreshExpiry: before.refreshExpiry,
      serverSessionId: before.serverSessionId,
    });
  });
});

describe('what is no success', () => {
  it.each([
    ['not sent', sampleReply(null, '', { phase: 'not-sent', cause: { code: 'offline' } }), 'offline'],
    [
      'lost, with tokens in what was read of it',
      sampleReply(200, vendorReply, { phase: 'sent', cause: { code: 'cut' } }),
      'sign-in-lost',
    ],
    [
      'an error that carries tokens',
      sampleReply(400, { ...vendorReply, error: 'invalid_grant', error_description: 'Account disabled' }),
      'account-disabled',
    ],
    ['a web page', sampleReply(200, '<html>'), 'web-page'],
    ['nothing', sampleReply(200, '', { headers: {} }), 'unreadable'],
    ['a list', sampleReply(200, []), 'unreadable'],
    [
      'truncated',
      sampleReply(200, '{"access_token":"a"', { headers: { 'content-type': 'application/json' } }),
      'unreadable',
    ],
  ])('gives no tokens: %s', (_, reply, code) => {
    expect(readTokens(reply, 'signIn')).toMatchObject({ ok: false, failure: { code } });
  });
});

it('any body gives tokens or a failure, never an exception and never NaN', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a.b.c', 'e30.e30.x', '5', 0, -1, 1e308));
  const body = fc.record(
    {
      access_token: value,
      refresh_token: value,
      expires_in: value,
      refresh_expires_in: value,
      session_state: value,
      scope: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(body, fc.jsonValue()), fc.integer({ min: 100, max: 599 }), (json, status) => {
      const read = readTokens(sampleReply(status, JSON.stringify(json)), 'signIn');
      if (!read.ok) return;
      for (const expiry of [read.value.accessExpiry, read.value.refreshExpiry]) {
        if (expiry?.kind === 'relative') expect(expiry.lifeMs).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
});
