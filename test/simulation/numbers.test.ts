/**
 * Which numbers of the invariants and of the fault matrix the simulated world shows, and which are shown elsewhere: by the
 * vault's own tests, or in a real browser. A number in neither list fails.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('./', import.meta.url);
const texts = readdirSync(folder)
  .filter((file) => file.endsWith('.test.ts') && file !== 'numbers.test.ts')
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

const numbers = (letter: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`);

/** Locking, damaged records and messages between tabs belong to the vault. */
const ofTheVault = ['I23', 'I26', 'F30', 'F38'];
const ofARealBrowser = ['F39'];
const elsewhere = [...ofTheVault, ...ofARealBrowser];

const hasTest = (number: string): boolean =>
  new RegExp(`['\`]${number}[ :]`).test(texts) || texts.includes(`['${number}',`);

test('every invariant and every fault has a test of its number, here or elsewhere', () => {
  const missing = [...numbers('I', 26), ...numbers('F', 40)].filter((number) => !hasTest(number));
  expect(missing).toEqual(
    [...elsewhere].sort((one, other) => other.charCodeAt(0) - one.charCodeAt(0) || (one < other ? -1 : 1)),
  );
});
