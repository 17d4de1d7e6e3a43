import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from './recognise.ts';

const HEX = '0badc0de'.repeat(8);
const KEY = `tlp-k1-26.${HEX}`;

const only = (text: string) => recognise(text)[0];

describe('recognise', () => {
  it.each([
    ['a key', KEY],
    ['as the documentation prints it', `tlp.k1.26.${HEX}`],
    ['in capitals', KEY.toUpperCase()],
    ['with quotes and a line end', `"${KEY}"\n`],
    ['with its header', `X-Auth-AccessKey: ${KEY}`],
    [
      'in a whole command',
      `curl -s -H 'X-Auth-AccessKey: ${KEY}' \\\n  "https://tuleap.example/api/users/self?limit=1"`,
    ],
    ['in a file of variables', `# CI\nexport TULEAP_KEY=${KEY};\n`],
    ['in an address', `https://tuleap.example/?key=${encodeURIComponent(KEY)}&x=1`],
    ['in JSON', JSON.stringify({ identifier: KEY })],
    ['with marks that nobody sees', `\u200B${KEY}\uFEFF`],
  ])('finds the number in %s, as the server spells the key', (_, text) => {
    expect(only(text)).toMatchObject({
      ...{ kind: 'access-key', certainty: 'certain', id: '26', secret: KEY, secrets: { accessKey: KEY } },
    });
  });

  it.each([
    [`Bearer tlp-oauth2-at1-7.${HEX}`, 'oauth2-grant', 'certain', 'accessToken'],
    [`tlp-oauth2-rt1-7.${HEX}`, 'oauth2-grant', 'certain', 'refreshToken'],
    ['0badc0de'.repeat(4), 'rest-token', 'possible', 'token'],
  ])('knows %s', (text, kind, certainty, name) => {
    const found = only(text);
    expect(found).toMatchObject({ kind, certainty });
    expect(Object.keys(found?.secrets ?? {})).toEqual([name]);
  });

  it('tells the number of a key that was cut, and that nothing can be tried with it', () => {
    expect(only('tlp-k1-26.0badc0de')).toMatchObject({ certainty: 'likely', id: '26', secrets: {} });
  });

  it.each([
    '',
    'tlp-k1-',
    'hello world',
    'eyJhbGciOiJIUzI1NiJ9.e30.x',
    '09f31e8c-2fda-44f6-ac90-616a2a88bcaf',
    `tlp-oauth2-c1-7.${HEX}`,
    '293bb9a1dd36c7:0badc0de0badc0de',
  ])('leaves %s to others', (text) => {
    expect(recognise(text)).toEqual([]);
  });

  it('finds a key in any noise that does not touch it, and says nothing secret of it', () => {
    const noise = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(noise, noise, fc.constantFrom(' ', '\n', '"', "'", '\t', '; '), (before, after, gap) => {
        const found = recognise(`${before}${gap}${KEY}${gap}${after}`).find(({ certainty }) => certainty === 'certain');
        expect(found?.secret).toBe(KEY);
        expect(found?.words).not.toContain('0badc0de');
      }),
    );
  });
});
