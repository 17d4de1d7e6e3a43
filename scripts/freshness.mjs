/** Whether the built parts in dist/ still are what their sources would give, by a hash over the sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const everywhere = ['package.json', 'package-lock.json', 'scripts/build.mjs'];

/** @type {Record<'client' | 'server', { sources: string[], output: string }>} */
const parts = {
  client: {
    sources: [
      ...everywhere,
      'index.html',
      'public',
      'src',
      'vite.config.ts',
      'vite.minify.config.ts',
      'vite.react.config.ts',
      'tailwind.config.js',
    ],
    output: 'dist/client/index.html',
  },
  server: {
    sources: [...everywhere, 'gateway', 'stand-ins', 'src/providers', 'vite.server.config.ts'],
    output: 'dist/server/main.js',
  },
};

export const partNames = /** @type {('client' | 'server')[]} */ (Object.keys(parts));

/** @param {string} path */
const stampOf = (path) => `dist/.${path}-stamp`;

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** @param {'client' | 'server'} part */
export function fingerprint(part) {
  const hash = createHash('sha256').update(process.version);
  for (const source of parts[part].sources) {
    for (const file of filesUnder(source)) {
      if (!/\.test\.tsx?$/.test(file)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {'client' | 'server'} part */
export function isFresh(part) {
  const stamp = stampOf(part);
  return existsSync(parts[part].output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part);
}

/** Called before a build, so that one that was interrupted never counts. @param {'client' | 'server'} part */
export function forget(part) {
  rmSync(stampOf(part), { force: true });
}

/** @param {'client' | 'server'} part @param {string} built the fingerprint from before the build */
export function remember(part, built) {
  mkdirSync(dirname(stampOf(part)), { recursive: true });
  writeFileSync(stampOf(part), built);
}
