/**
 * What a pasted text may be, asked of every vendor at once: with the noise that pasting adds, and for strings that several
 * vendors write alike. Nothing here has a network, and nothing asks for one.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Provider } from '../src/providers/contract.ts';
import type { Candidate } from '../src/providers/recognised.ts';
import { registry } from '../src/providers/registry.ts';
import { plainest, recogniseAll } from '../src/revocation/recognise-all.ts';

const faces: readonly Provider[] = await Promise.all(registry.map((entry) => entry.load()));
const withKeys = await Promise.all(
  faces.flatMap((provider) => (provider.keys ? [provider.keys().then((keys) => ({ id: provider.id, keys }))] : [])),
);

const vendors = withKeys.map(({ id, keys }) => [id, keys] as const);

type Found = Candidate & { readonly vendor: string };

const recognise = (text: string): readonly Found[] =>
  withKeys.flatMap(({ id, keys }) => keys.recognise(text).map((candidate) => ({ ...candidate, vendor: id })));

/** `vendor kind certainty`, each once. */
const names = (text: string): readonly string[] => [
  ...new Set(recognise(text).map(({ vendor, kind, certainty }) => `${vendor} ${kind} ${certainty}`)),
];

const hex = (minLength: number, maxLength = minLength) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${String(minLength)},${String(maxLength)}}$`));
const digits = (minLength: number, maxLength: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${String(minLength)},${String(maxLength)}}$`));
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: object, claims: object): string => `${part(header)}.${part(claims)}.bm90LWEtc2lnbmF0dXJl`;

const REALM = 'https://iam.example/auth/realms/master';
const ALM_TIMES = { exp: '2030-03-16T15:56:24Z', iat: '2030-03-09T15:56:24Z' };

/** Strings as each vendor makes them, with what the first candidate must be. */
const written: readonly (readonly [name: string, fc.Arbitrary<string>, vendor: string, kind: string])[] = [
  [
    'Tuleap key',
    fc.tuple(fc.integer({ min: 1, max: 99_999 }), hex(64)).map(([id, tail]) => `tlp-k1-${String(id)}.${tail}`),
    'tuleap',
    'access-key',
  ],
  ['ALM key', fc.tuple(hex(12, 40), hex(16, 64)).map((parts) => parts.join(':')), 'alm', 'api-key'],
  [
    'ALM token',
    fc
      .uuid()
      .map((jti) =>
        jwt({ alg: 'HS256', typ: 'JWT' }, { ...ALM_TIMES, jti, pud: '{x}', iss: 'https://localhost:8443' }),
      ),
    'alm',
    'token',
  ],
  [
    'OCP refresh token',
    fc.uuid().map((sid) => jwt({ alg: 'HS512' }, { exp: 1_900_000_000, iss: REALM, typ: 'Refresh', sid })),
    'ocp',
    'refresh-token',
  ],
  [
    'OCP access token',
    fc.uuid().map((sid) => jwt({ alg: 'RS256' }, { exp: 1_900_000_000, iss: REALM, typ: 'Bearer', sid })),
    'ocp',
    'access-token',
  ],
  [
    'P4OAuth token',
    fc.tuple(digits(6, 6), digits(6, 6), digits(7, 9)).map((parts) => `A${parts.join('-')}`),
    'p4oauth',
    'access-token',
  ],
  ['PrimaTime secret', fc.uuid(), 'primatime', 'secret-key'],
];

/** What pasting adds. */
const noises: readonly (readonly [name: string, wrap: (text: string) => string])[] = [
  ['nothing', (text) => text],
  ['spaces and line ends', (text) => `\r\n  ${text}\u00A0\n`],
  ['quotes', (text) => `"${text}"`],
  ['typographic quotes', (text) => `“${text}”,`],
  ['a zero width space', (text) => `\uFEFF${text}\u200B`],
  ['a full stop', (text) => `It is ${text}.`],
  ['a variable', (text) => `export THE_SECRET='${text}'`],
  ['a header', (text) => `Authorization: Bearer ${text}`],
  [
    'a curl command',
    (text) =>
      `curl -sS -H 'Accept: application/json' \\\n  -H "X-Secret: ${text}" 'https://host.example/api?x=1' --data '{"a":1}'`,
  ],
  ['JSON', (text) => `{"name": "backup", "value": "${text}", "n": 3}`],
];

beforeEach(() => {
  vi.spyOn(globalThis, 'fetch');
});
afterEach(() => {
  expect(globalThis.fetch).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

describe.each(written)('a %s', (_name, arbitrary, vendor, kind) => {
  it.each(noises)('is known with %s around it, clean', (_noise, wrap) => {
    fc.assert(
      fc.property(arbitrary, (secret) => {
        const found = recognise(wrap(secret)).find((each) => each.vendor === vendor && each.kind === kind);
        expect(found?.secret).toBe(secret);
      }),
      { numRuns: 25 },
    );
  });

  it('is named by nobody else with more certainty', () => {
    const order = ['possible', 'likely', 'certain'];
    fc.assert(
      fc.property(arbitrary, (secret) => {
        const found = recognise(secret);
        const own = found.filter((each) => each.vendor === vendor).map((each) => order.indexOf(each.certainty));
        const others = found.filter((each) => each.vendor !== vendor).map((each) => order.indexOf(each.certainty));
        expect(Math.max(...own)).toBeGreaterThanOrEqual(Math.max(-1, ...others));
      }),
      { numRuns: 50 },
    );
  });
});

describe('strings that say less than they seem to', () => {
  it('a bare UUID asks which of PrimaTime’s three it is', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(names(uuid)).toEqual([
          'primatime secret-key possible',
          'primatime token possible',
          'primatime refresh-token possible',
        ]);
      }),
    );
  });

  const UUID = '09f31e8c-2fda-44f6-ac90-616a2a88bcaf';
  it.each([
    [`https://acme.api.primatime.com/v1/users/@self?token=${UUID}`, ['primatime token likely']],
    [`refresh_token=${UUID}`, ['primatime refresh-token likely']],
    [`{"refreshToken":"${UUID}"}`, ['primatime refresh-token likely']],
    [`curl -u ${UUID}: https://acme.api.primatime.com/v1/auth/login`, ['primatime secret-key likely']],
    [`Authorization: Basic ${Buffer.from(`${UUID}:`).toString('base64')}`, ['primatime secret-key likely']],
    [`apikey=${UUID}`, []],
    // The secret stands in `displayName`, between parentheses.
    [
      `Chrome plugin (${UUID})`,
      ['primatime secret-key possible', 'primatime token possible', 'primatime refresh-token possible'],
    ],
  ])('what stands before a UUID tells: %s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    ['ApiKey demo-key:secret-of-it', 'alm api-key certain'],
    ['Authorization: ApiKey demo-key:secret:with:colons', 'alm api-key certain'],
    ['demo-key-of-alice:not-a-real-key-secret', 'alm api-key possible'],
  ])('an ALM key is told by its scheme, else by its colon: %s', (text, expected) => {
    expect(names(text)).toContain(expected);
  });

  it.each([
    ...[
      'https://alm.example:8443/helix-alm/api/v0/projects',
      'Content-Type:application/json',
      'localhost:8443/abcdefghijklmnop',
    ],
    ...['12:30:00', '2026-01-31T12:30:00.000Z', 'Host:alm.example.internal.net', 'a:b', ':', '::1'],
  ])('%s is no ALM key', (text) => {
    expect(recognise(text).filter(({ vendor, certainty }) => vendor === 'alm' && certainty !== 'possible')).toEqual([]);
  });

  it('a token of a realm is OCP’s and never ALM’s, and the other way round', () => {
    const ocp = jwt({ alg: 'RS256' }, { exp: 1_900_000_000, iss: REALM, typ: 'Bearer' });
    const alm = jwt({ alg: 'HS256' }, { ...ALM_TIMES, iss: 'https://localhost:8443' });
    expect(names(ocp)).toEqual(['ocp access-token certain']);
    expect(names(alm)).toEqual(['alm token likely']);
    // An ALM that wrote numbers, or a realm that wrote dates, is neither.
    expect(names(jwt({ alg: 'HS256' }, { exp: 1_900_000_000, iss: 'https://localhost:8443' }))).toEqual([]);
    expect(names(jwt({ alg: 'HS256' }, { exp: 1_900_000_000, iss: REALM }))).toEqual(['ocp refresh-token likely']);
    expect(names(jwt({ alg: 'RS256' }, { exp: 1_900_000_000, iss: REALM }))).toEqual(['ocp access-token likely']);
    // It opens nothing.
    expect(names(jwt({ alg: 'RS256' }, { exp: 1_900_000_000, iss: REALM, typ: 'ID' }))).toEqual([]);
  });

  it('a reply to a sign-in gives both of its tokens', () => {
    const [access, refresh] = ['Bearer', 'Refresh'].map((typ) => jwt({ alg: 'HS512' }, { iss: REALM, typ, exp: 1 }));
    const reply = JSON.stringify({ access_token: access, expires_in: 60, refresh_token: refresh }, null, 2);
    expect(names(reply)).toEqual(['ocp access-token certain', 'ocp refresh-token certain']);
  });
});

describe('hostile tokens', () => {
  const claims = (more: object) => jwt({ alg: 'RS256' }, { iss: REALM, typ: 'Bearer', ...more });

  it('names from them are inert', () => {
    const [found] = recognise(claims({ preferred_username: '\u202Eevil\u0000<b>x</b>\n' }));
    expect(found?.facts['name']).not.toMatch(/[\u202E\p{Cc}]/u);
  });

  it.each([
    { exp: '1e999' },
    { exp: -1 },
    { exp: Number.MAX_VALUE },
    { exp: null, sid: 7, sub: {} },
    JSON.parse('{"__proto__":{"sid":"x"}}') as object,
  ])('odd claims are left out: %j', (more) => {
    const [found] = recognise(claims(more));
    expect(found?.kind).toBe('access-token');
    expect(found?.facts['sid']).toBeUndefined();
    for (const value of Object.values(found?.facts ?? {})) expect(typeof value).toBe('string');
    expect(found?.facts['endsMs'] ?? '1').toMatch(/^\d/);
  });
});

it('is total: whatever is pasted, in any mixture, nothing throws and little is found', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    ...written.map(([, arbitrary]) => arbitrary),
    fc.constantFrom(
      'Bearer ',
      'Basic ',
      'ApiKey ',
      'eyJ',
      '.',
      ':',
      '"',
      "'",
      '\n',
      '{',
      '}',
      '?token=',
      '&',
      'tlp-k1-',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom('', ' ', '\n', '"'), (words, glue) => {
      const text = words.join(glue);
      for (const { secret, secrets, words: why } of recognise(text)) {
        expect(secret).not.toBe('');
        // Why it is taken for that is shown, so it repeats nothing of what is secret.
        for (const value of Object.values(secrets)) expect(why).not.toContain(value);
      }
      expect(recognise(text).length).toBeLessThan(30);
      // Of all vendors at once: the likeliest first, few, and one taken for granted only where none is as likely.
      const ranked = recogniseAll(vendors, text);
      const order = ranked.map(({ candidate }) => ['certain', 'likely', 'possible'].indexOf(candidate.certainty));
      expect(order).toEqual([...order].sort());
      expect(ranked.length).toBeLessThanOrEqual(12);
      const plain = plainest(ranked);
      if (ranked.length > 1) expect(plain !== undefined).toBe(order[0] !== order[1]);
    }),
    { numRuns: 300 },
  );
});

it('is quick about a megabyte of anything', () => {
  for (const unit of [
    'a:',
    'Bearer ',
    '“ ',
    '-',
    '0',
    'eyJ.',
    `${'0'.repeat(32)} `,
    'token=',
    'A1234-',
    '\u0000',
    '“',
  ]) {
    const text = unit.repeat(Math.ceil(1_048_576 / unit.length));
    const startedAtMs = performance.now();
    recognise(text);
    expect(performance.now() - startedAtMs, unit).toBeLessThan(1_500);
  }
});
