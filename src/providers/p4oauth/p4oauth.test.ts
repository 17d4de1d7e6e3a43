import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../http/call.ts';
import { sampleConnection } from '../../http/sample-connection.ts';
import { SAMPLE_AT_MS, sampleReply } from '../../http/sample-reply.ts';
import type { CodeGrant } from '../sign-in-way.ts';
import type { Tokens } from '../tokens.ts';
import { p4oauth } from './index.ts';
import { readTicket, ticketParams } from './ticket.ts';
import { readExchanged } from './tokens.ts';

const at = (baseUrl: string, settings: Readonly<Record<string, string>> = { clientAuthentication: 'none' }) =>
  sampleConnection(baseUrl, { settings });
const connection = at('https://p4oauth.example');
const grant: CodeGrant = {
  state: 'canary-state',
  redirectUri: 'http://localhost:4600/callback/sample',
  verifier: 'canary-verifier',
  challenge: 'challenge',
};
const [onPage, withPassword] = p4oauth.signIn;

const owner = { login: 'alice', redirectUri: grant.redirectUri };
const tokens: Tokens = {
  accessToken: 'A129380-123124-2312314',
  accessExpiry: { kind: 'unknown' },
  companions: owner,
  facts: [],
};

/** The reply on the vendor's page. */
const vendorReply = {
  token_type: 'bearer',
  access_token: 'A129380-123124-2312314',
  perforce_token: '12983918247912875AH',
};
const without = (field: keyof typeof vendorReply): object => {
  const { [field]: _left, ...rest } = vendorReply;
  return rest;
};
const read = (body: unknown, status = 200) => readExchanged(sampleReply(status, body), owner);
const asks = (challenge: string) => ({ 'content-type': 'text/plain', 'x-vendor-authenticate': challenge });

describe('on the server’s page', () => {
  const hrefOf = (login: string) => {
    if (onPage.obtain.by !== 'visit') throw new Error('The code comes by a visit');
    return onPage.obtain.href({ login }, connection, grant);
  };

  it('opens the address of the vendor’s page, with the login as client', () => {
    const href = hrefOf(' alice ');
    const url = new URL(href.ok ? href.value : '');
    expect(url.origin + url.pathname).toBe('https://p4oauth.example/grants/authorization_code');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'alice',
      redirect_uri: grant.redirectUri,
      state: 'canary-state',
    });
  });

  it.each([
    ['', 'login-empty'],
    ['a\u0000b', 'login-odd'],
    ['x'.repeat(1_025), 'login-odd'],
  ])('opens nothing for the login %j', (login, code) => {
    expect(hrefOf(login)).toMatchObject({ ok: false, failure: { code, fault: 'input' } });
  });
});

describe('with login and password', () => {
  const obtain = withPassword.obtain;
  if (obtain.by !== 'form') throw new Error('The code comes by a form');
  const values = { login: ' alice ', password: ' not: real ' };

  it('posts both with the state, for the registered redirect URI', () => {
    expect(obtain.request(values, connection, grant)).toEqual({
      ok: true,
      value: { login: 'alice', password: ' not: real ', redirectUri: grant.redirectUri, state: 'canary-state' },
    });
    expect(obtain.request({ login: 'alice' }, connection, grant)).toMatchObject({
      failure: { code: 'password-empty' },
    });
  });

  it.each(['http://p4oauth.example', 'http://10.0.0.1:8080', 'HTTP://localhost.example'])(
    'sends no password to %s: plain http',
    (baseUrl) => {
      expect(obtain.request(values, at(baseUrl), grant)).toMatchObject({
        ok: false,
        failure: {
          code: 'plain-http',
          fault: 'configuration',
          happened: 'no',
          next: expect.stringMatching(/^Nothing was sent\. Use https.*own page.*no password there either/s) as unknown,
        },
      });
      expect(withPassword.impediment?.(at(baseUrl))?.sentence).toMatch(/plain http/);
    },
  );

  it.each(['http://127.0.0.1:4615', 'http://localhost:4615', 'http://[::1]:1', 'https://p4oauth.example'])(
    'sends it to %s',
    (baseUrl) => {
      expect(obtain.request(values, at(baseUrl), grant).ok).toBe(true);
      expect(withPassword.impediment?.(at(baseUrl))).toBeNull();
    },
  );

  it('has its code where the redirect was to this console, and nowhere else', () => {
    const redirect = (cause: Reply['envelope']['cause']) => sampleReply(302, '', { cause });
    expect(obtain.read(redirect(null))).toEqual({ ok: true, value: null });
    expect(obtain.read(redirect({ code: 'redirected', detail: 'https://elsewhere.example' }))).toMatchObject({
      failure: { code: 'sent-elsewhere', sentence: expect.stringMatching(/elsewhere\.example/) as unknown },
    });
    expect(obtain.read(sampleReply(404, '<html>'))).toMatchObject({ failure: { code: 'grant-not-offered' } });
    expect(obtain.read(sampleReply(302, '', { phase: 'sent' })).ok).toBe(false);
  });
});

describe('the exchange of the code', () => {
  it('names login and redirect URI, and identifies nobody', () => {
    expect(onPage.request({ login: 'alice' }, connection, grant)).toEqual({
      ok: true,
      value: { login: 'alice', redirectUri: grant.redirectUri, code: { parked: 'canary-state' } },
    });
  });

  it('names the login as client too where the connection asks for HTTP Basic', () => {
    const basic = at('https://p4oauth.example', { clientAuthentication: 'basic' });
    expect(withPassword.request({ login: 'alice', password: 'x' }, basic, grant)).toMatchObject({
      value: { client: 'alice' },
    });
  });

  it('has its field names in one table, and no PKCE, which the server is older than', () => {
    const { params } = p4oauth.operations.exchangeCode;
    expect(Object.values(params).flatMap((param) => ('as' in param ? [param.as] : []))).toEqual([
      'grant_type',
      'redirect_uri',
      'client_id',
      'code',
    ]);
  });
});

describe('the vendor’s reply', () => {
  const expected = { ...tokens, facts: [{ label: 'Token type', value: 'bearer' }] };

  it('gives an access token to keep, of unknown end, and a ticket that is only shown', () => {
    expect(read(vendorReply)).toEqual({
      ok: true,
      value: {
        tokens: expected,
        shownOnce: [
          {
            label: 'p4d ticket (perforce_token)',
            secret: '12983918247912875AH',
            note: expect.stringMatching(/only on the host.*not stored.*12 hours/s) as unknown,
          },
        ],
      },
    });
    expect(onPage.read(sampleReply(200, vendorReply), { login: 'alice' }, connection, grant)).toMatchObject({
      ok: true,
      value: { tokens: expected, identity: { name: 'alice' } },
    });
    expect(JSON.stringify(read(vendorReply))).toContain('12983918247912875AH');
    expect(JSON.stringify((read(vendorReply) as { value: { tokens: unknown } }).value.tokens)).not.toContain(
      '12983918',
    ); // it is ok, as asserted above
  });

  it('may hold anything more, an end too', () => {
    expect(read({ ...vendorReply, scope: 'x', refresh_token: 'y', constructor: 1 })).toMatchObject({
      value: { tokens: expected },
    });
    expect(read({ ...vendorReply, expires_in: 600 })).toMatchObject({
      value: { tokens: { accessExpiry: { kind: 'relative', lifeMs: 600_000, anchorMs: SAMPLE_AT_MS } } },
    });
    expect(read({ ...vendorReply, expires_in: 'soon' })).toMatchObject({
      value: { tokens: { accessExpiry: { kind: 'unknown' } } },
    });
  });

  it('may lack the ticket and the type, and never the token', () => {
    expect(read(without('perforce_token'))).toMatchObject({ value: { tokens: expected, shownOnce: [] } });
    expect(read(without('token_type'))).toMatchObject({ value: { tokens } });
    expect(read(without('access_token'))).toMatchObject({
      ok: false,
      failure: { code: 'unreadable', happened: 'unknown' },
    });
    expect(read({ ...vendorReply, error: 'invalid_grant' }).ok).toBe(false);
  });
});

describe('a ticket', () => {
  const textReply = (body: string, type = 'text/plain') =>
    sampleReply(200, body, { headers: { 'content-type': type } });
  const asked = (reply: Reply) => {
    const ticket = readTicket(reply);
    return ticket.ok ? ticket.value : ticket.failure.code;
  };

  it('comes as text, or in an object, should a server do that', () => {
    expect(asked(textReply('12983918247912875AH\r\n'))).toBe('12983918247912875AH');
    expect(asked(textReply('129839182479128', ''))).toBe('129839182479128');
    expect(asked(textReply('"12983AH"'))).toBe('12983AH');
    expect(asked(sampleReply(200, { perforce_token: '12983AH' }))).toBe('12983AH');
    // The last answer of a mutual authentication has a challenge too (RFC 4559 section 5).
    expect(asked(sampleReply(200, '12983AH', { headers: asks('Negotiate bm90LXJlYWw=') }))).toBe('12983AH');
  });

  it.each([
    ['a login page', sampleReply(200, '<html><form>'), 'web-page'],
    ['a page that calls itself text', textReply('<!DOCTYPE html>'), 'unreadable'],
    ['nothing', textReply(''), 'unreadable'],
    ['a sentence', textReply('No ticket for you'), 'unreadable'],
    ['another object', sampleReply(200, { ticket: 'x' }), 'unreadable'],
    ['a refusal', sampleReply(401, 'No', { headers: {} }), 'token-dead'],
    ['a page of a proxy', sampleReply(401, '<html>'), 'of-proxy'],
    ['a proxy', sampleReply(401, 'no', { headers: asks('Basic realm="Bearer"') }), 'of-proxy'],
    ['no answer', sampleReply(null, '12983AH', { phase: 'sent' }), 'answer-lost'],
  ])('is not %s', (_, reply, code) => {
    expect(asked(reply)).toBe(code);
  });

  it('is asked for by the redirect URI of an application and the login', () => {
    expect(ticketParams(tokens)).toEqual({ ...owner, token: 'A129380-123124-2312314' });
    const { params } = p4oauth.operations.p4token;
    expect([params.login.as, params.redirectUri.as, params.token.prefix]).toEqual([
      'client_id',
      'redirect_uri',
      'Bearer ',
    ]);
  });

  it('is read from any body without an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        fc.integer({ min: 100, max: 599 }),
        (body, status) => {
          const ticket = readTicket(sampleReply(status, body, { headers: {} }));
          if (ticket.ok) expect(ticket.value).toMatch(/^[\x21-\x7E]+$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a session', () => {
  const face = p4oauth.sessionFace('authorization-code');

  it('neither refreshes nor logs out, and says what ends what', () => {
    expect(face).not.toHaveProperty('refresh');
    expect(face).not.toHaveProperty('logOut');
    expect(face.forgetting).toMatch(/documents no call that logs out.*does not say how long.*p4 logout -a/s);
    expect(p4oauth.sessionFace('password')).toBe(face);
  });

  it('shows the fetch of its own ticket as example, with a word of warning', () => {
    expect(face.present(tokens, connection)).toMatchObject({
      url: 'https://p4oauth.example/p4token',
      headers: [{ name: 'Authorization', value: ['Bearer ', { secret: tokens.accessToken }] }],
      query: [
        { name: 'redirect_uri', value: [grant.redirectUri] },
        { name: 'client_id', value: ['alice'] },
      ],
      warning: expect.stringMatching(/ticket/) as unknown,
    });
  });

  it.each([
    ['a ticket', sampleReply(200, 'ABC', { headers: {} }), 'live'],
    ['401', sampleReply(401, '', { headers: {} }), 'dead'],
    ['401 that asks for a token', sampleReply(401, 'no', { headers: asks('Bearer realm="P4"') }), 'dead'],
    ['401 that asks for a password', sampleReply(401, 'no', { headers: asks('Basic realm="proxy"') }), 'unknown'],
    [
      '401 that asks at a realm of that name',
      sampleReply(401, 'no', { headers: asks('Basic realm="Bearer zone"') }),
      'unknown',
    ],
    ['401 that asks for either', sampleReply(401, 'no', { headers: asks('Basic realm="P4", Bearer') }), 'dead'],
    ['401 with a web page', sampleReply(401, '<html>'), 'unknown'],
    ['401 with what calls itself a web page', sampleReply(401, ''), 'unknown'],
    ['a login page', sampleReply(200, '<html>'), 'unknown'],
    ['400', sampleReply(400, ''), 'unknown'],
    ['403', sampleReply(403, ''), 'unknown'],
    ['a fault', sampleReply(500, ''), 'unknown'],
    ['no answer', sampleReply(200, 'ABC', { phase: 'sent', headers: {} }), 'unknown'],
  ] as const)('is probed: at %s it is %s', (_, reply, verdict) => {
    expect(face.probe.read(reply, tokens).verdict).toBe(verdict);
  });
});

describe('the doctor', () => {
  it.each([
    [sampleReply(401, ''), 'clear', /without a token/],
    [sampleReply(400, { error: 'invalid_request' }), 'clear', /without a token/],
    [sampleReply(200, '<html>'), 'attention', /not P4OAuth/],
    [sampleReply(404, '<html>'), 'attention', /no tickets at this address/],
    [sampleReply(500, ''), 'attention', /status 500/],
    [sampleReply(null, '', { phase: 'not-sent', cause: { code: 'unknown-host' } }), 'attention', /could not be found/],
  ])('reads %j', (reply, standing, words) => {
    const found = p4oauth.doctor.read(reply, connection);
    expect(found.standing).toBe(standing);
    expect(`${found.sentence} ${found.next ?? ''}`).toMatch(words);
  });
});

it('tells apart, for both ways in, who must register what and why a sign-in came back without a code', () => {
  for (const way of p4oauth.signIn) {
    expect(way.registration.sentence).toMatch(/whitelist, character for character/);
    expect(way.refusals['access_denied']?.next).toMatch(/^No session was opened\./);
  }
  expect(p4oauth.signIn.map(({ id, standing }) => `${id} ${standing}`)).toEqual([
    'authorization-code preferred',
    'password accepted',
  ]);
});
