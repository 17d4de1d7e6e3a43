/**
 * A sixth vendor must cost the first page next to nothing: the page is built as it is shipped, with and without one, and
 * weighed. Half a kilobyte is 512 bytes here, and is asked for before compression as well: what a packer makes of 80 kB moves
 * by more from build to build than a vendor's lines take.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '..');
// Inside the project, so that packages are found from there.
const scratch = join(root, 'node_modules/.cache/keyward-growth');
const GROWTH_MAX = 512;

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Weight {
  readonly plain: number;
  readonly packed: number;
}

/** Bytes, plain and in brotli, of the scripts and styles that index.html itself names: what every first page loads. */
async function weigh(name: string, change: (dir: string) => void): Promise<Weight> {
  const dir = join(scratch, name);
  mkdirSync(dir, { recursive: true });
  for (const part of ['src', 'index.html', 'public', 'tailwind.config.js'])
    cpSync(join(root, part), join(dir, part), { recursive: true });
  change(dir);
  // Else the React of a developer would be built in.
  vi.stubEnv('NODE_ENV', 'production');
  await build({
    root: dir,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: 'dist' },
  });
  vi.unstubAllEnvs();
  const html = readFileSync(join(dir, 'dist/index.html'), 'utf8');
  const files = readdirSync(join(dir, 'dist/assets')).filter(
    (file) => html.includes(file) && /\.(?:js|css)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(1);
  const read = files.map((file) => readFileSync(join(dir, 'dist/assets', file)));
  const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
  return {
    plain: sum(read.map(({ length }) => length)),
    packed: sum(read.map((file) => brotliCompressSync(file).length)),
  };
}

function addSixth(dir: string): void {
  const from = join(root, 'test/sixth-vendor');
  const face = join(dir, 'src/providers/sixth');
  const page = join(dir, 'src/pages/sixth');
  mkdirSync(face, { recursive: true });
  mkdirSync(page, { recursive: true });
  for (const file of ['manifest.ts', 'operations.ts', 'settings.ts', 'index.ts']) {
    writeFileSync(join(face, file), readFileSync(join(from, file), 'utf8').replaceAll('../../src/', '../../'));
  }
  const source = readFileSync(join(from, 'page.tsx'), 'utf8').replaceAll('../../src/', '../../');
  writeFileSync(join(page, 'index.tsx'), source.replace("'./index.ts'", "'../../providers/sixth/index.ts'"));
  const registry = join(dir, 'src/providers/registry.ts');
  const line = "  { ...sixth, load: async () => (await import('./sixth/index.ts')).sixth },\n] as const";
  const imported = "import { manifest as sixth } from './sixth/manifest.ts';\n";
  writeFileSync(registry, imported + readFileSync(registry, 'utf8').replace('] as const', line));
}

test('one vendor more adds at most half a kilobyte to the first page', { timeout: 120_000 }, async () => {
  const before = await weigh('five', () => undefined);
  const after = await weigh('six', addSixth);
  console.log(
    `First page ${String(before.packed)} bytes, with one vendor more ${String(after.packed)}; before compression ${String(after.plain - before.plain)} more`,
  );
  expect(after.plain).toBeGreaterThan(before.plain);
  expect(after.plain - before.plain).toBeLessThanOrEqual(GROWTH_MAX);
  expect(after.packed - before.packed).toBeLessThanOrEqual(GROWTH_MAX);
});
