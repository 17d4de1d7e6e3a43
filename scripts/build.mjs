/**
 * Builds dist/client (the page, with .br and .gz beside every file that gains by it) and dist/server (gateway and
 * stand-ins as plain JavaScript): `node scripts/build.mjs [client] [server]`, both where none is named.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { fingerprint, forget, partNames, remember } from './freshness.mjs';

const compressible = /\.(?:js|css|html|svg|json|webmanifest|txt)$/;
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_NPOSTFIX, BROTLI_PARAM_MODE, BROTLI_MODE_FONT } =
  constants;
/** Which of these packs a file best is chance, and so is a tenth of a percent from build to build: the best is taken. */
const brotliTries = [
  {},
  { [BROTLI_PARAM_LGBLOCK]: 22, [BROTLI_PARAM_NPOSTFIX]: 1 },
  { [BROTLI_PARAM_LGBLOCK]: 22, [BROTLI_PARAM_NPOSTFIX]: 2 },
  { [BROTLI_PARAM_MODE]: BROTLI_MODE_FONT },
].map((params) => ({ params: { [BROTLI_PARAM_QUALITY]: 11, ...params } }));

/** @type {readonly (readonly [suffix: string, pack: (plain: Buffer) => Promise<Buffer>])[]} */
const encodings = [
  [
    '.br',
    async (plain) => {
      const packed = await Promise.all(brotliTries.map((options) => promisify(brotliCompress)(plain, options)));
      return packed.reduce((best, each) => (each.length < best.length ? each : best));
    },
  ],
  ['.gz', (plain) => promisify(gzip)(plain, { level: 9 })],
];

/** @param {string} root */
async function compressUnder(root) {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const plain = readFileSync(file);
    for (const [suffix, pack] of encodings) {
      const packed = await pack(plain);
      if (packed.length < plain.length) writeFileSync(file + suffix, packed);
    }
  }
}

const configs = { client: 'vite.config.ts', server: 'vite.server.config.ts' };

/** @param {'client' | 'server'} part */
export async function build(part) {
  const built = fingerprint(part);
  forget(part);
  // Loaded here, so that starting what is built already needs no build tool.
  const vite = await import('vite');
  await vite.build({ configFile: configs[part], logLevel: 'warn', mode: 'production' });
  if (part === 'client') await compressUnder('dist/client');
  remember(part, built);
}

if (process.argv[1] === import.meta.filename) {
  const asked = partNames.filter((part) => process.argv.includes(part));
  for (const part of asked.length > 0 ? asked : partNames) await build(part);
}
