/**
 * Each number of the invariants and of the fault matrix has a test whose name begins with it: in the simulated world or with
 * the vault's own tests. F39, the back-forward cache, takes a real browser.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const textsIn = (folder: string, ending: string): string =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && file !== 'numbers.test.ts')
    .map((file) => readFileSync(new URL(`${folder}/${file}`, root), 'utf8'))
    .join('\n');

const places = {
  simulation: textsIn('test/simulation', '.test.ts'),
  vault: textsIn('src/vault', '.test.ts') + textsIn('src/console', '.test.ts'),
};

const numbers = (letter: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`);

/** Locking, damaged records and messages between tabs belong to the vault. */
const ofTheVault = ['I22', 'I23', 'I26', 'F14', 'F25', 'F26', 'F27', 'F28', 'F30', 'F38'];
const notSimulated = new Set(['I26', 'F30', 'F38', 'F39']);

const hasTest = (text: string, number: string): boolean =>
  new RegExp(`['\`]${number}[ :]`).test(text) || text.includes(`['${number}',`);

test('every invariant and every fault that a simulator can show has a test of its number there', () => {
  const simulated = [...numbers('I', 26), ...numbers('F', 40)].filter((number) => !notSimulated.has(number));
  expect(simulated.filter((number) => !hasTest(places.simulation, number))).toEqual([]);
});

test('what belongs to the vault has a test of its number there', () => {
  expect(ofTheVault.filter((number) => !hasTest(places.vault, number))).toEqual([]);
});
