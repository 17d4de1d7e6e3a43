import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completed, faultsOf, missingFrom, platformOf, type Lock } from './complete-lock.mjs';

const projectLock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

describe('package-lock.json', () => {
  it('lets npm ci work on every platform and names no registry', () => {
    expect(faultsOf(projectLock), 'run: npm run lock').toEqual([]);
  });
});

describe('platformOf', () => {
  it.each([
    ['@tailwindcss/oxide-android-arm64', { os: ['android'], cpu: ['arm64'] }],
    ['@oxc-parser/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'] }],
    ['@oxc-parser/binding-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    ['@oxc-parser/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['lightningcss-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['@rolldown/binding-wasm32-wasi', { cpu: ['wasm32'] }],
    ['fsevents', undefined],
    ['charmed-x64-thing', undefined],
  ])('%s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it('agrees with what the registry says about every package that was served', () => {
    const served = Object.entries(projectLock.packages).filter(([at, entry]) => entry.integrity && platformOf(at));
    expect(served.length).toBeGreaterThan(20);
    for (const [at, { os, cpu, libc }] of served) {
      const platform = platformOf(at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length));
      expect({ at, os, cpu, libc }).toEqual({ at, os: undefined, libc: undefined, ...platform });
    }
  });
});

describe('missingFrom', () => {
  const parent = (name: string, version: string) => ({ version: '1.0.0', optionalDependencies: { [name]: version } });

  it('finds what no folder around the package has', () => {
    const lock = { packages: { 'node_modules/a/node_modules/b': parent('b-linux-x64-gnu', '2.0.0') } };
    expect(missingFrom(lock)).toEqual([
      {
        at: 'node_modules/b-linux-x64-gnu',
        name: 'b-linux-x64-gnu',
        version: '2.0.0',
        entry: { version: '2.0.0', os: ['linux'], cpu: ['x64'], libc: ['glibc'], optional: true },
      },
    ]);
  });

  it.each(['node_modules/b-linux-x64', 'node_modules/a/node_modules/b-linux-x64'])('is content with %s', (place) => {
    const lock = { packages: { 'node_modules/a': parent('b-linux-x64', '2.0.0'), [place]: { version: '2.0.0' } } };
    expect(missingFrom(lock)).toEqual([]);
  });

  it('puts it beside its own package where another version is in the way', () => {
    const lock = {
      packages: { 'node_modules/a': parent('b-linux-x64', '2.0.0'), 'node_modules/b-linux-x64': { version: '1.0.0' } },
    };
    expect(missingFrom(lock).map(({ at }) => at)).toEqual(['node_modules/a/node_modules/b-linux-x64']);
  });

  it('marks it as a development package where its own package is one', () => {
    const lock = { packages: { 'node_modules/a': { ...parent('b-linux-x64', '2.0.0'), dev: true } } };
    expect(missingFrom(lock)[0]?.entry).toMatchObject({ dev: true, optional: true });
  });
});

describe('completed', () => {
  const lock = {
    name: 'x',
    packages: {
      '': {},
      'node_modules/b': { version: '1.0.0', optionalDependencies: { 'a-linux-x64': '2.0.0', odd: '3.0.0' } },
      'node_modules/c': { version: '1.0.0', resolved: 'https://registry.example/c.tgz', integrity: 'sha512-x' },
      'node_modules/d': { resolved: 'packages/d' },
    },
  };

  it('adds, drops addresses, keeps the rest, in the order that npm writes', () => {
    const next = completed(lock);
    expect(Object.keys(next.packages)).toEqual([
      '',
      'node_modules/a-linux-x64',
      'node_modules/b',
      'node_modules/c',
      'node_modules/d',
    ]);
    expect(next.packages['node_modules/c']).toEqual({ version: '1.0.0', integrity: 'sha512-x' });
    expect(next.packages['node_modules/d']).toEqual({ resolved: 'packages/d' });
    expect(next).toMatchObject({ name: 'x' });
  });

  it('leaves as a fault what cannot be written without the registry', () => {
    expect(faultsOf(lock)).toHaveLength(3);
    expect(faultsOf(completed(lock))).toEqual(['odd@3.0.0, an optional package, is missing.']);
  });
});
