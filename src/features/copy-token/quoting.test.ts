/** Whatever a token is made of, the reader of each language gets exactly that token back: asked of the readers themselves. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoteDotenv } from './quote-dotenv.ts';
import { fitsHttpie, httpieItem, startsLikeSeparator } from './quote-httpie.ts';
import { pythonExpression, quotePython } from './quote-python.ts';
import { quoteScript, scriptExpression } from './quote-script.ts';
import { quoteShell, quoteShellPieces } from './quote-shell.ts';
import type { Piece } from './template-pieces.ts';

/** Everything that some reader gives a meaning to, in the middle of anything else. */
const nasty = fc.constantFrom(
  ...Array.from('\'"`$\\!#%&*()[]{}<>|;:=@~ \t\n\r'),
  '$(id)',
  '${HOME}',
  '`id`',
  "'\\''",
  '\\n',
  '\\u0041',
  '</script>',
  '<!--',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\u0085',
  '🔑',
  '👩‍💻',
  '\u{e0041}',
  '--',
  '-e',
);
const secrets = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string()), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''));
/** No argument, variable or file of a shell can hold a NUL; `writeShape` refuses it. */
const shellSecrets = secrets.map((secret) => secret.replaceAll('\0', '')).filter((secret) => secret !== '');

const text = (value: string): Piece => ({ kind: 'text', text: value });
const variable: Piece = { kind: 'variable', name: 'DEMO_TOKEN' };

const sh = (script: string, environment: Record<string, string> = {}): string =>
  execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { PATH: process.env['PATH'], ...environment } });

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) console.warn('\n*** python3 is missing: the Python literals are NOT checked in this run. ***\n');

describe('a word of a POSIX shell', () => {
  it('is the secret again', () => {
    fc.assert(
      fc.property(shellSecrets, (secret) => {
        expect(sh(`printf %s ${quoteShell(secret)}`)).toBe(secret);
      }),
    );
  });

  it('takes a variable between any two texts, and nothing else in it is expanded', () => {
    fc.assert(
      fc.property(shellSecrets, shellSecrets, shellSecrets, (before, secret, after) => {
        const word = quoteShellPieces([text(before), variable, text(after)]);
        expect(sh(`printf %s ${word}`, { DEMO_TOKEN: secret })).toBe(before + secret + after);
      }),
    );
  });

  it('is readable where nothing needs an escape', () => {
    expect(quoteShellPieces([text('Authorization: Bearer '), variable])).toBe('"Authorization: Bearer $DEMO_TOKEN"');
    expect(quoteShellPieces([variable, text('s')])).toBe('"${DEMO_TOKEN}s"');
    expect(quoteShellPieces([text('a!b '), variable])).toBe(`'a!b '"$DEMO_TOKEN"`);
  });
});

describe('a JavaScript literal', () => {
  it('is the secret again', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(runInNewContext(quoteScript(secret))).toBe(secret);
      }),
    );
  });

  it('takes a variable between any two texts', () => {
    fc.assert(
      fc.property(secrets, secrets, secrets, (before, secret, after) => {
        const expression = scriptExpression([text(before), variable, text(after)]);
        const process = { env: { DEMO_TOKEN: secret } };
        expect(runInNewContext(expression, { process })).toBe(before + secret + after);
      }),
    );
  });

  it('never ends the script element that it is pasted into, and shows what it runs', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(quoteScript(secret)).not.toMatch(/<\/|<!--|[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe.skipIf(!python)('a Python literal', () => {
  /** One interpreter for many literals: starting it costs more than all of them. */
  const evaluate = (expressions: readonly string[], environment: Record<string, string> = {}): unknown =>
    JSON.parse(
      execFileSync(
        'python3',
        ['-c', 'import json, os, sys\nprint(json.dumps([eval(e) for e in json.load(sys.stdin)]))'],
        { encoding: 'utf8', input: JSON.stringify(expressions), env: { PATH: process.env['PATH'], ...environment } },
      ),
    );
  const many = fc.array(secrets, { minLength: 30, maxLength: 60 });

  it('is the secret again', () => {
    fc.assert(
      fc.property(many, (list) => {
        expect(evaluate(list.map(quotePython))).toEqual(list);
      }),
      { numRuns: 10 },
    );
  });

  it('takes a variable between any two texts', () => {
    fc.assert(
      fc.property(many, shellSecrets, (list, secret) => {
        const expressions = list.map((part) => pythonExpression([text(part), variable, text(part)]));
        const found = evaluate(expressions, { DEMO_TOKEN: secret, PYTHONUTF8: '1' });
        expect(found).toEqual(list.map((part) => part + secret + part));
      }),
      { numRuns: 10 },
    );
  });
});

describe('a value in a .env file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyward-dotenv-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the secret again for a shell that reads the file', () => {
    const file = join(folder, 'demo.env');
    fc.assert(
      fc.property(shellSecrets, (secret) => {
        writeFileSync(file, `DEMO_TOKEN=${quoteDotenv(secret)}\n`);
        expect(sh(`. ${file}; printf %s "$DEMO_TOKEN"`)).toBe(secret);
      }),
    );
  });

  it('is the secret again for Node, where one kind of quotes is enough', () => {
    fc.assert(
      fc.property(
        shellSecrets.filter((secret) => !/['\\\r]/.test(secret)),
        (secret) => {
          expect(parseEnv(`DEMO_TOKEN=${quoteDotenv(secret)}\n`)['DEMO_TOKEN']).toBe(secret);
        },
      ),
    );
  });
});

describe('an item of HTTPie', () => {
  const carried = secrets.filter(fitsHttpie);
  const plain = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => (piece.kind === 'text' ? piece.text : `$${piece.name}`)).join('');

  it.each([':', '=='] as const)('is name and secret again, with %s between them', (separator) => {
    fc.assert(
      fc.property(fc.constantFrom('Authorization', 'token', 'odd:name', 'a=b', '@c'), carried, (name, secret) => {
        const item = plain(httpieItem(name, separator, [text(secret)]));
        expect(readAsHttpieDoes(item)).toEqual({ name, separator, value: secret });
      }),
    );
  });

  it('says which secrets it cannot carry', () => {
    expect(fitsHttpie('a\\=b')).toBe(false);
    expect(fitsHttpie('a\\\\=b')).toBe(true);
    expect(fitsHttpie('ends with \\')).toBe(true);
    expect(startsLikeSeparator('@file')).toBe(true);
  });
});

/** HTTPie 3.2.4, `httpie/cli/argtypes.py`, `KeyValueArgType`: its reader, as it stands there. */
function readAsHttpieDoes(item: string): { name: string; separator: string; value: string } {
  const separators = [':', ';', ':@', '==', '==@', '=', ':=', '@', '=@', ':=@'].sort((a, b) => a.length - b.length);
  const tokens: { text: string; escaped: boolean }[] = [{ text: '', escaped: false }];
  const characters = Array.from(item);
  for (let at = 0; at < characters.length; at += 1) {
    const last = tokens[tokens.length - 1];
    if (!last) throw new Error('There is always a last token');
    const character = characters[at] ?? '';
    if (character !== '\\') {
      last.text += character;
      continue;
    }
    at += 1;
    const next = characters[at] ?? '';
    if (next !== '' && ':;=@'.includes(next)) tokens.push({ text: next, escaped: true }, { text: '', escaped: false });
    else last.text += `\\${next}`;
  }
  const whole = (from: number, to?: number): string =>
    tokens
      .slice(from, to)
      .map((token) => token.text)
      .join('');
  for (const [index, token] of tokens.entries()) {
    if (token.escaped) continue;
    const found = new Map<number, string>();
    for (const separator of separators) {
      const position = token.text.indexOf(separator);
      if (position !== -1) found.set(position, separator);
    }
    const first = Math.min(...found.keys());
    const separator = found.get(first);
    if (separator === undefined) continue;
    return {
      name: whole(0, index) + token.text.slice(0, first),
      separator,
      value: token.text.slice(first + separator.length) + whole(index + 1),
    };
  }
  throw new Error('HTTPie refuses this item');
}
