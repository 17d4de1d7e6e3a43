// @vitest-environment node
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestAuthority } from '../test/certificates.ts';
import { ConfigurationFaults, fixedConnections, watchConfiguration, type WatchedSource } from './config.ts';
import { checkConfiguration } from './config-schema.ts';
import { publicPart } from './connections.ts';
import { vendors } from './vendors.ts';
import { toyVendors } from '../test/toy-vendor.ts';

const regional = {
  operations: {},
  settings: {
    defaultBaseUrl: 'https://{tenant}.api{region}.toy.example/v1',
    baseUrlHint: 'Leave it out.',
    fields: [
      { key: 'tenant', label: 'Tenant', hint: 'The first part of the host.', kind: 'text', required: true },
      {
        key: 'region',
        label: 'Region',
        hint: 'Where.',
        kind: 'choice',
        default: 'any',
        choices: [
          { value: 'any', label: 'Any', inBaseUrl: '' },
          { value: 'eu', label: 'Europe', inBaseUrl: '.eu' },
        ],
      },
      { key: 'limit', label: 'Limit', hint: 'How many.', kind: 'count-or-none', default: '5' },
      { key: 'key', label: 'Key', hint: 'From the vendor.', kind: 'text', required: true, secret: true },
      {
        key: 'scope',
        label: 'Scope',
        hint: 'Words.',
        kind: 'text',
        pattern: { matches: /^[a-z ]+$/, otherwise: 'A scope is small letters.' },
      },
    ],
  },
} as const;

const around = {
  vendors: { ...toyVendors, regional },
  env: { TOY_KEY: 'canary-key', BLANK: '', SPACED: 'canary ' },
  readFile: (path: string): string => {
    throw Object.assign(new Error(path), { code: 'ENOENT' });
  },
};
const regionalEntry = {
  id: 'r',
  provider: 'regional',
  name: 'R',
  settings: { tenant: 'acme', key: { env: 'TOY_KEY' } },
};
const toyEntry = { id: 't', provider: 'toy', name: 'T', baseUrl: 'https://toy.example' };
const check = (...connections: unknown[]) => checkConfiguration({ connections }, around);
const faultsOf = (entry: object): readonly string[] => check(entry).faults;

describe('the operator’s file', () => {
  it('becomes connections with defaults, placeholders and secrets filled in', () => {
    const { connections, faults } = check(
      { ...regionalEntry, settings: { ...regionalEntry.settings, region: 'eu', limit: 7 } },
      { ...toyEntry, baseUrl: 'http://toy.example/base/', allowInsecure: true, forwardClientAddress: true },
    );
    expect(faults).toEqual([]);
    expect(connections).toEqual([
      {
        id: 'r',
        provider: 'regional',
        name: 'R',
        baseUrl: 'https://acme.api.eu.toy.example/v1',
        settings: { tenant: 'acme', region: 'eu', limit: '7' },
        secrets: { key: 'canary-key' },
        ca: null,
        insecure: false,
        forwardClientAddress: false,
      },
      expect.objectContaining({ baseUrl: 'http://toy.example/base', insecure: true, forwardClientAddress: true }),
    ]);
    expect(JSON.stringify(connections.map(publicPart))).not.toContain('canary');
  });

  it('fills a choice’s own spelling into the base URL', () => {
    expect(check(regionalEntry).connections[0]?.baseUrl).toBe('https://acme.api.toy.example/v1');
  });

  it('lists every fault at once, each with its path', () => {
    const { faults } = check(
      {
        ...regionalEntry,
        id: 'Not An Id',
        name: ' ',
        settings: { tenant: 'acme', region: 'moon', key: 'canary-literal', other: 1 },
      },
      { ...toyEntry, provider: 'unknown' },
      { ...toyEntry, baseUrl: 'https://user:canary@toy.example' },
      { provider: 'toy' },
      'nothing',
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'connections[0].id',
      'connections[0].name',
      'connections[0].settings.other',
      'connections[0].settings.region',
      'connections[0].settings.key',
      'connections[1].provider',
      'connections[2].id',
      'connections[2].baseUrl',
      'connections[3].id',
      'connections[3].name',
      'connections[4]',
    ]);
    expect(faults.join('\n')).not.toContain('canary');
  });

  it.each([
    [
      'an unknown provider',
      { ...toyEntry, provider: 'nobody' },
      /provider: is none that Keyward knows\. Use one of: regional, toy\./,
    ],
    ['a provider that every object has', { ...toyEntry, provider: 'constructor' }, /provider: is none/],
    ['an unknown name', { ...toyEntry, baseurl: 'x' }, /has the unknown name "baseurl"\. Known names: id, provider/],
    ['a wrong type', { ...toyEntry, allowInsecure: 'yes' }, /allowInsecure: must be true or false/],
    ['a setting of a wrong type', { ...toyEntry, settings: { realm: ['x'] } }, /settings\.realm: must be text/],
    [
      'no base URL where there is no default',
      { ...toyEntry, baseUrl: undefined },
      /baseUrl: is missing\. The server\./,
    ],
    ['javascript:', { ...toyEntry, baseUrl: 'javascript:alert(1)' }, /must begin with https/],
    ['plain http to another machine', { ...toyEntry, baseUrl: 'http://toy.example' }, /"allowInsecure": true/],
    [
      'an unknown setting',
      { ...toyEntry, settings: { relm: 'x' } },
      /settings\.relm: is no setting of toy\. Known settings: realm, apiKey/,
    ],
    [
      'a missing setting',
      { ...regionalEntry, settings: { key: { env: 'TOY_KEY' } } },
      /settings\.tenant: is missing \(Tenant\)/,
    ],
    [
      'a missing secret',
      { ...regionalEntry, settings: { tenant: 'acme' } },
      /settings\.key: is missing \(Key\).*"env"/,
    ],
    [
      'a secret in the file',
      { ...toyEntry, settings: { apiKey: 'canary' } },
      /apiKey: is a secret and must not stand in the file.*"env"/,
    ],
    [
      'a variable that is not set',
      { ...toyEntry, settings: { apiKey: { env: 'NOT_SET' } } },
      /variable NOT_SET, which is not set/,
    ],
    ['an empty variable', { ...toyEntry, settings: { apiKey: { env: 'BLANK' } } }, /variable BLANK, which is not set/],
    [
      'a variable with a blank at its end',
      { ...toyEntry, settings: { apiKey: { env: 'SPACED' } } },
      /begins or ends with a space/,
    ],
    [
      'a variable’s name that is none',
      { ...toyEntry, settings: { apiKey: { env: 'A B' } } },
      /names no environment variable/,
    ],
    [
      'a variable for what is no secret',
      { ...toyEntry, settings: { realm: { env: 'TOY_KEY' } } },
      /is not a secret; write the value/,
    ],
    [
      'a choice that is not in the list',
      { ...regionalEntry, settings: { ...regionalEntry.settings, region: 'us' } },
      /must be one of: any, eu/,
    ],
    [
      'a limit of nothing',
      { ...regionalEntry, settings: { ...regionalEntry.settings, limit: 0 } },
      /a number from 1 to 1000, or "none"/,
    ],
    [
      'a limit in words',
      { ...regionalEntry, settings: { ...regionalEntry.settings, limit: 'five' } },
      /a number from 1/,
    ],
    [
      'text against its pattern',
      { ...regionalEntry, settings: { ...regionalEntry.settings, scope: 'A' } },
      /A scope is small letters/,
    ],
    [
      'a setting that would become another host',
      { ...regionalEntry, settings: { ...regionalEntry.settings, tenant: 'evil.test/' } },
      /takes in the setting tenant/,
    ],
    ['a placeholder that is no setting', { ...toyEntry, baseUrl: 'https://{host}.toy.example' }, /no open setting/],
    ['a placeholder that is a secret', { ...toyEntry, baseUrl: 'https://{apiKey}.toy.example' }, /no open setting/],
    [
      'a CA that is not there',
      { ...toyEntry, ca: 'no-such.pem' },
      /names the file no-such\.pem, which cannot be read \(ENOENT\)/,
    ],
    [
      'a CA that is none',
      { ...toyEntry, ca: '-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----' },
      /holds no readable certificate/,
    ],
  ])('explains %s', (_, entry, sentence) => {
    const faults = faultsOf(entry);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(sentence);
    expect(faults[0]).toMatch(/^connections\[0\]/);
    expect(faults[0]).not.toContain('canary');
  });

  it('explains a duplicate id, and a file of another shape', () => {
    expect(check(toyEntry, toyEntry).faults).toEqual([
      expect.stringContaining('connections[1].id: is the id of connections[0] too'),
    ]);
    expect(checkConfiguration([], around).faults).toEqual(['the file: must be { … }.']);
    expect(checkConfiguration({}, around).faults).toEqual(['connections: is missing. It must be [ … ].']);
    expect(checkConfiguration({ connections: [], other: 1 }, around).faults).toEqual([
      'the file: has the unknown name "other". Known names: connections.',
    ]);
  });

  it('takes the certificates of a PEM text and nothing else that stands beside them', () => {
    const { certificate, key } = createTestAuthority('Toy');
    const [connection] = check({ ...toyEntry, ca: `${key}\n${certificate}` }).connections;
    expect(connection?.ca).toContain('BEGIN CERTIFICATE');
    expect(connection?.ca).not.toContain('PRIVATE');
  });
});

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

describe('a watched file', () => {
  let folder: string;
  let file: string;
  let source: WatchedSource | undefined;
  const log: string[] = [];
  const write = (...entries: unknown[]): void => writeFileSync(file, JSON.stringify({ connections: entries }));
  const watch = (): WatchedSource =>
    (source = watchConfiguration(file, { ...around, log: (line) => log.push(line), lookEveryMs: 20 }));
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
    await vi.waitFor(() => expect(names()).toEqual(['Written']));
    for (const name of ['Replaced', 'Replaced again']) {
      writeFileSync(`${file}.new`, JSON.stringify({ connections: [{ ...toyEntry, name }] }));
      renameSync(`${file}.new`, file);
      await vi.waitFor(() => expect(names()).toEqual([name]));
    }
  });

  it('keeps the connections and tells every fault while a change cannot be used', async () => {
    write(toyEntry);
    const watched = watch();
    write({ ...toyEntry, id: 'BAD', provider: 'nobody' });
    await vi.waitFor(() => expect(watched.current().faults).toHaveLength(2));
    expect(names()).toEqual(['T']);
    expect(log.join('\n')).toMatch(/connections\[0\]\.id[^]*connections\[0\]\.provider[^]*stay as they were/);
    writeFileSync(file, '{ "connections": [\n');
    await vi.waitFor(() =>
      expect(watched.current().faults).toEqual(['It is not JSON: line 2, column 1: the file ends too early.']),
    );
    rmSync(file);
    await vi.waitFor(() => expect(watched.current().faults[0]).toMatch(/no such file/));
    expect(names()).toEqual(['T']);
    write({ ...toyEntry, name: 'Mended' });
    await vi.waitFor(() => expect(names()).toEqual(['Mended']));
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
