import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, redact } from './redact.ts';

const MASK = '•••';

describe('redact', () => {
  it('leaves a plain sentence as it is, in any language', () => {
    expect(redact('There are too many sessions')).toBe('There are too many sessions');
    expect(redact('セッションが多すぎます')).toBe('セッションが多すぎます');
    expect(redact("Session doesn't have required client")).toBe("Session doesn't have required client");
    const issuer = "Invalid token issuer. Expected 'http://localhost:8180/auth/realms/master'";
    expect(redact(issuer)).toBe(issuer);
  });

  it.each([
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.not-a-real-signature'],
    ['a JWT that was cut', 'eyJhbGciOiJIUzI1NiJ9'],
    ['a UUID', 'c0e0c951-40d5-4e4a-9789-6524c1d2f80d'],
    ['a long hexadecimal number', '00112233445566778899aabb'],
    ['a key', 'tlp-k1-12.canary0123456789canary'],
    ['a session id', 'Canary0123456789CanaryAB'],
  ])('masks %s', (_, secret) => {
    const said = redact(`The value ${secret} is not known`);
    expect(said).not.toContain(secret);
    expect(said).toContain(MASK);
    expect(said).toMatch(/^The value .* is not known$/);
  });

  it.each([
    ['GET https://a.example/v1/users?token=canary&x=1 failed', 'GET https://a.example/v1/users?••• failed'],
    ['https://user:canary@a.example/', 'https://•••@a.example/'],
    ['Authorization: Bearer canary', 'Authorization: ••• •••'],
    ['sent Bearer canary here', 'sent Bearer ••• here'],
    ['refresh_token=canary', 'refresh_token: •••'],
    ['{"password":"canary"}', '{"password": •••"}'],
    ['client_secret = canary, and more', 'client_secret: •••, and more'],
    ['x&amp;apikey=canary', 'x&•••'],
  ])('masks what names itself a secret: %s', (text, expected) => {
    const said = redact(text);
    expect(said).not.toContain('canary');
    expect(said).toBe(expected);
  });

  it('does not let a zero-width mark cut a secret out of its mask', () => {
    const secret = 'c0e0c951-40d5-4e4a-9789-6524c1d2f80d';
    expect(redact(`id ${secret.slice(0, 9)}\u200B${secret.slice(9)}`)).toBe(`id ${MASK}`);
  });

  it('shows no markup, and nothing that a page would not have drawn', () => {
    const page =
      '<html><head><title>t</title><style>p{}</style></head><body><p onclick=x>We are&nbsp;sorry</p><script>evil()</script>Too many<br>sessions</body>';
    expect(redact(page)).toBe('We are sorry Too many sessions');
    expect(redact('<img src=x onerror=alert(1)')).toBe('');
  });

  it('shows no control character, terminal sequence or mark of direction', () => {
    expect(redact('a\u001B[31mred\u001B[0m\u0000b\r\nc\u202Ed\u2066e\u2028f')).toBe('ared b cde f');
  });

  it('masks before it shortens, so that half a secret is never left at the end', () => {
    const said = redact(`${'word '.repeat(37)}eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.sig`);
    expect(said).not.toContain('eyJ');
    expect(redact(`${'x '.repeat(4_090)}eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9`)).not.toContain('eyJ');
  });

  it('gives at most 200 well-formed characters on one line for any text', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.string({
        unit: fc.constantFrom(
          '\u202E',
          '\uD800',
          '\u0000',
          '<',
          '>',
          '&',
          '=',
          '?',
          'eyJ',
          '.',
          '-',
          'a',
          '1',
          '😀',
          '\n',
        ),
        maxLength: 1_000,
      }),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        const said = redact(text);
        expect(said.length).toBeLessThanOrEqual(200);
        expect(said).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u);
      }),
      { numRuns: 300 },
    );
  });

  // Matched to its end, a text like these would take hours: the time limit of the test is the assertion.
  it.each(['a', 'a-', 'a1=', '?a=', '<a ', '<script>', 'eyJ.', 'token', '//@', '&'])(
    'is done soon with a megabyte of %j',
    (part) => {
      expect(redact(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(200);
    },
  );
});

describe('plainText', () => {
  it('keeps what looks like a secret, because a name may look so', () => {
    expect(plainText('c0e0c951-40d5-4e4a-9789-6524c1d2f80d')).toBe('c0e0c951-40d5-4e4a-9789-6524c1d2f80d');
  });

  it('shortens without cutting a character in two', () => {
    expect(plainText('😀'.repeat(10), 6)).toBe('😀😀…');
    expect(plainText('abc', 3)).toBe('abc');
  });
});
