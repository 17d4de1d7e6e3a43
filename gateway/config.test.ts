// @vitest-environment node
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { createTestAuthority } from '../test/certificates.ts';
import { toyVendors } from '../test/toy-vendor.ts';
import { ConfigurationFaults, fixedConnections, watchConfiguration, type WatchedSource } from './config.ts';
import { vendors } from './vendors.ts';

/** A vendor on which the check itself fails. */
const failing = {
  operations: {},
  get settings(): never {
    throw new RangeError('canary');
  },
};
const around = { vendors: { ...toyVendors, failing }, env: {} };
const toyEntry = { id: 't', provider: 'toy', name: 'T', baseUrl: 'https://toy.example' };

describe('the example file', () => {
  it('is what it shows', () => {
    const source = watchConfiguration('keyward.config.example.jsonc', {
      vendors,
      env: { PRIMATIME_API_KEY: 'not-a-real-key', TULEAP_CLIENT_SECRET: 'not-a-real-secret' },
      log: () => undefined,
    });
    source.close();
    expect(source.current().connections.map(({ baseUrl }) => baseUrl)).toEqual([
      'https://iam.example.com/auth',
      'https://acme.api.eu.primatime.com/v1',
      'https://alm.example.com:8443',
      'https://tuleap.example.com',
      'https://p4oauth.example.com',
    ]);
  });
});

it('the example file names every setting and every choice of every vendor', () => {
  const text = readFileSync('keyward.config.example.jsonc', 'utf8');
  const fields = Object.values(vendors).flatMap(({ settings }) => settings.fields);
  const words = fields.flatMap((field) => [
    field.key,
    ...(field.kind === 'choice' ? (field.choices ?? []).map(({ value }) => value) : []),
    ...(field.kind === 'count-or-none' ? ['none', 'unknown'] : []),
  ]);
  expect(words).toContain('atLimit');
  expect(words.filter((word) => !text.includes(`"${word}"`))).toEqual([]);
});

describe('a watched file', () => {
  let folder: string;
  let file: string;
  let source: WatchedSource | undefined;
  const log: string[] = [];
  const write = (...entries: unknown[]): void => writeFileSync(file, JSON.stringify({ connections: entries }));
  const watch = (): WatchedSource =>
    (source = watchConfiguration(file, {
      ...around,
      log: (line) => log.push(line),
      lookEveryMs: 20,
    }));
  const names = (): string[] => source?.current().connections.map(({ name }) => name) ?? [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyward-config-'));
    file = join(folder, 'keyward.config.json');
    log.length = 0;
  });
  afterEach(() => {
    source?.close();
    rmSync(folder, { recursive: true });
  });

  it('is followed when it is written, and when an editor puts another in its place', async () => {
    write(toyEntry);
    watch();
    expect(names()).toEqual(['T']);
    write({ ...toyEntry, name: 'Written' });
    await eventually(() => expect(names()).toEqual(['Written']));
    for (const name of ['Replaced', 'Replaced again']) {
      writeFileSync(`${file}.new`, JSON.stringify({ connections: [{ ...toyEntry, name }] }));
      renameSync(`${file}.new`, file);
      await eventually(() => expect(names()).toEqual([name]));
    }
  });

  it('keeps the connections and tells every fault while a change cannot be used', async () => {
    write(toyEntry);
    const watched = watch();
    write({ ...toyEntry, id: 'BAD', provider: 'nobody' });
    await eventually(() => expect(watched.current().faults).toHaveLength(2));
    expect(names()).toEqual(['T']);
    expect(log.join('\n')).toMatch(/connections\[0\]\.id[^]*connections\[0\]\.provider[^]*stay as they were/);
    writeFileSync(file, '{ "connections": [\n');
    await eventually(() =>
      expect(watched.current().faults).toEqual(['It is not JSON: line 2, column 1: the file ends too early.']),
    );
    rmSync(file);
    await eventually(() => expect(watched.current().faults[0]).toMatch(/no such file/));
    expect(names()).toEqual(['T']);
    write({ ...toyEntry, name: 'Mended' });
    await eventually(() => expect(names()).toEqual(['Mended']));
    expect(watched.current().faults).toEqual([]);
  });

  it('is not judged while an editor is half-way through writing it', () => {
    vi.useFakeTimers();
    try {
      write(toyEntry);
      const watched = watch();
      writeFileSync(file, '{ "connections": [');
      vi.advanceTimersByTime(20);
      write({ ...toyEntry, name: 'Whole' });
      vi.advanceTimersByTime(20);
      expect([names(), watched.current().faults]).toEqual([['T'], []]);
      vi.advanceTimersByTime(20);
      expect([names(), watched.current().faults]).toEqual([['Whole'], []]);
      expect(log).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('outlives a change that goes too deep, and one on which the check itself fails', async () => {
    write(toyEntry);
    const watched = watch();
    writeFileSync(file, `{ "connections": ${'['.repeat(100_000)}`);
    await eventually(() => expect(watched.current().faults[0]).toMatch(/^It is not JSON: line 1, .*64 levels/));
    write({ ...toyEntry, provider: 'failing' });
    await eventually(() =>
      expect(watched.current().faults).toEqual(['Keyward itself fails when it reads it (RangeError).']),
    );
    expect(names()).toEqual(['T']);
    write({ ...toyEntry, name: 'Mended' });
    await eventually(() => expect(names()).toEqual(['Mended']));
  });

  it('reads a CA relative to itself', () => {
    writeFileSync(join(folder, 'ca.pem'), createTestAuthority('Toy').certificate);
    write({ ...toyEntry, ca: 'ca.pem' });
    expect(watch().current().connections[0]?.ca).toContain('BEGIN CERTIFICATE');
  });

  it('that cannot be used at the start is an error in plain words', () => {
    expect(() => watch()).toThrow(/keyward\.config\.json cannot be used:\n {2}- There is no such file/);
    write({ ...toyEntry, provider: 'nobody' }, { ...toyEntry, name: '' });
    expect(() => watch()).toThrow(ConfigurationFaults);
  });
});

describe('connections of the stand-ins', () => {
  it('go through the same check', () => {
    expect(fixedConnections([toyEntry], around).current().connections).toHaveLength(1);
    expect(() => fixedConnections([{ ...toyEntry, id: '' }], around)).toThrow(ConfigurationFaults);
  });
});
