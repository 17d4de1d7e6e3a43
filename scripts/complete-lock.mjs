/**
 * Completes package-lock.json after a change of dependencies: `npm run lock`.
 *
 * npm leaves an optional package of another platform out of the lock where the registry did not serve it, and then
 * `npm ci` refuses that lock on every machine ("Missing: … from lock file"). What a package is for stands in its name
 * (`…-linux-arm64-gnu`), so the entry can be written without fetching it. Such an entry has no integrity: npm takes that
 * package by its version alone. Addresses of registries are removed as well: they belong to the machine that installed.
 *
 * `--check` changes nothing and exits with 1 where there is something to complete.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{
 *   version?: string, resolved?: string, integrity?: string, dev?: boolean, devOptional?: boolean, optional?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string>,
 * }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const libraries = { gnu: 'glibc', musl: 'musl' };

/**
 * Which machines a package is for, by the words of its name.
 *
 * @param {string} name
 * @returns {Pick<LockEntry, 'os' | 'cpu' | 'libc'> | undefined} Undefined where the name tells nothing.
 */
export function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => systems.includes(word));
  const cpu = words.find((word) => processors.includes(word));
  const libc = Object.entries(libraries).find(([word]) => words.includes(word))?.[1];
  if (!os && cpu !== 'wasm32') return undefined;
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(os && { os: [os] }),
    ...(libc && os === 'linux' && { libc: [libc] }),
  };
}

/**
 * Where node looks for a package, nearest first: in the node_modules of the package that asks, then of each one around it.
 *
 * @param {string} asking A key of the lock, `node_modules/a/node_modules/b`; empty for the project itself.
 * @param {string} name
 */
function placesFor(asking, name) {
  const folders = asking === '' ? [] : asking.split('/node_modules/');
  const nested = folders.map(
    (_, depth) => `${folders.slice(0, depth + 1).join('/node_modules/')}/node_modules/${name}`,
  );
  return [...nested.reverse(), `node_modules/${name}`];
}

/**
 * @param {Lock} lock
 * @returns {{ at: string, name: string, version: string, entry: LockEntry | undefined }[]} Optional packages that the
 *   lock lacks; `entry` is undefined where it cannot be written without asking the registry.
 */
export function missingFrom(lock) {
  const missing = [];
  for (const [parent, { dev, devOptional, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const places = placesFor(parent, name);
      const nearest = places.find((place) => lock.packages[place]);
      if (nearest && (lock.packages[nearest].version === version || !isExact(version))) continue;
      const platform = isExact(version) ? platformOf(name) : undefined;
      missing.push({
        at: nearest ? places[0] : places[places.length - 1],
        name,
        version,
        entry: platform && inOrder({ version, ...platform, dev, devOptional, optional: true }),
      });
    }
  }
  return missing;
}

/** npm's own order of fields, so that its next writing of the lock shows no difference. */
const inOrder = ({ version, cpu, dev, devOptional, libc, optional, os }) =>
  JSON.parse(JSON.stringify({ version, cpu, dev, devOptional, libc, optional, os }));

const isExact = (version) => /^\d+\.\d+\.\d+/.test(version);

/**
 * @param {Lock} lock
 * @returns {string[]} What keeps `npm ci` from working elsewhere, one sentence each.
 */
export function faultsOf(lock) {
  return [
    ...missingFrom(lock).map(({ name, version }) => `${name}@${version}, an optional package, is missing.`),
    ...Object.entries(lock.packages)
      .filter(([, entry]) => /^https?:/.test(entry.resolved ?? ''))
      .map(([at]) => `${at} names the registry that it was fetched from.`),
  ];
}

/**
 * @param {Lock} lock
 * @returns {Lock} The same lock without faults, its packages in npm's own order.
 */
export function completed(lock) {
  const added = missingFrom(lock).flatMap(({ at, entry }) => (entry ? [[at, entry]] : []));
  const kept = Object.entries(lock.packages).map(([at, { resolved, ...entry }]) => [
    at,
    resolved && !/^https?:/.test(resolved) ? { ...entry, resolved } : entry,
  ]);
  const packages = [...kept, ...added].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(packages) };
}

function main() {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const text = readFileSync(path, 'utf8');
  const lock = JSON.parse(text);
  const faults = faultsOf(lock);
  if (process.argv.includes('--check')) {
    for (const fault of faults) console.error(`package-lock.json: ${fault}`);
    if (faults.length > 0) console.error('Run: npm run lock');
    process.exitCode = faults.length > 0 ? 1 : 0;
    return;
  }
  const next = completed(lock);
  const left = faultsOf(next);
  writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`);
  console.log(`package-lock.json: ${faults.length - left.length} of ${faults.length} faults mended.`);
  for (const fault of left) console.error(`Not mended: ${fault}`);
  process.exitCode = left.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
