/** One mutant, named by its place in the table: its source is changed while it is loaded, and what must go red is run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import type { Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = 'test/simulation';
const mutant = mutants[Number(process.env['KEYWARD_MUTANT'])];

function mutate({ file, edits }: Mutant): Plugin {
  const isMutated = (id: string): boolean => id.split('?')[0] === join(root, file);
  return {
    name: 'keyward-mutant',
    enforce: 'pre',
    transform: (code, id) =>
      isMutated(id) ? edits.reduce((text, [stands, instead]) => text.replace(stands, () => instead), code) : null,
    // What the mutants share is transformed once for all; what one of them changes is never kept.
    configureVitest: ({ experimental_defineCacheKeyGenerator: defineCacheKey }) =>
      defineCacheKey(({ id }) => (isMutated(id) ? false : undefined)),
  };
}

/** The files in which a test of one of these names stands. */
const filesOf = ({ kills, tests }: Mutant): readonly string[] =>
  tests ??
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`)
    .filter((file) => new RegExp(`\\b(?:${kills.join('|')})\\b`).test(readFileSync(join(root, file), 'utf8')));

/** What must go red for it. Without a mutant nothing is run: whoever reads the configuration only reads it. */
const selection = mutant
  ? { include: [...filesOf(mutant)], testNamePattern: new RegExp(`(?:^| )(?:${mutant.kills.join('|')})\\b`) }
  : { include: [] };

export default defineConfig({
  root,
  plugins: mutant ? [mutate(mutant)] : [],
  test: {
    ...selection,
    // Two mutants run side by side, so each has one processor, and its files share what they load.
    maxWorkers: 1,
    isolate: false,
    // The same worlds every time: a mutant that was killed stays killed. A mutant has to die, not to die nicely.
    env: { TZ: 'UTC', KEYWARD_SEED: '20260105', KEYWARD_RUNS: '1000', KEYWARD_SHRINK: 'no' },
    testTimeout: 60_000,
    experimental: { fsModuleCache: true, fsModuleCachePath: join(root, '.cache', 'mutants') },
  },
});
