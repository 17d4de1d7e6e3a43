// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../test/certificates.ts';
import { toyVendors } from '../test/toy-vendor.ts';
import { checkConfiguration } from './config-schema.ts';
import { publicPart } from './connections.ts';

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

const proving = (byDefault: 'none' | 'basic') =>
  ({
    operations: {},
    settings: {
      baseUrlHint: 'The server.',
      fields: [
        {
          key: 'proof',
          label: 'Proof',
          hint: 'How.',
          kind: 'choice',
          default: byDefault,
          choices: [
            { value: 'none', label: 'None' },
            { value: 'basic', label: 'Basic' },
          ],
        },
        { ...secretOfProof, requiredWhen: { key: 'proof', is: 'basic' } },
      ],
    },
  }) as const;
const secretOfProof = { key: 'word', label: 'Word', hint: 'For Basic.', kind: 'text', secret: true } as const;

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
  it('forbids to use a found key on itself only where it says so, and tells the page', () => {
    const { connections, faults } = check(
      toyEntry,
      { ...toyEntry, id: 'u', allowSelfUse: true },
      { ...toyEntry, id: 'v', allowSelfUse: false },
    );
    expect(faults).toEqual([]);
    expect(connections.map((one) => publicPart(one).selfUse)).toEqual([undefined, undefined, false]);
    expect(faultsOf({ ...toyEntry, allowSelfUse: 'no' })).toEqual([
      'connections[0].allowSelfUse: must be true or false.',
    ]);
  });

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
      'connections[3].baseUrl',
      'connections[4]',
    ]);
    expect(faults.join('\n')).not.toContain('canary');
  });

  it('lets no fault of shape hide another fault', () => {
    const { faults } = checkConfiguration(
      {
        comment: 'x',
        connections: [
          { ...toyEntry, id: 'Bad', conections: 1, name: 7, baseUrl: 'ftp://toy.example', ca: 'no-such.pem' },
          {
            ...regionalEntry,
            unknown: 1,
            baseUrl: 'http://{scope}.toy.example',
            settings: { tenant: ['x'], scope: true, region: 'moon', key: 'canary-literal', other: 1 },
          },
          { ...regionalEntry, settings: 'canary', baseUrl: 'http://toy.example', allowInsecure: 'yes' },
          { ...toyEntry, settings: { apiKey: { env: 'NOT_SET' }, realm: null } },
          { ...toyEntry, provider: 'nobody', baseUrl: 'http://toy.example', ca: 'no-such.pem' },
          { ...toyEntry, id: 'Bad', provider: 7, baseUrl: 'https://{region}.toy.example' },
          { ...toyEntry, id: '' },
          { name: 'Third', provider: 'proving', baseUrl: 'https://toy.example', settings: 7 },
          'nothing',
        ],
      },
      { ...around, vendors: { ...around.vendors, proving: proving('basic') } },
    );
    expect(faults.map((fault) => fault.replace(/^(\S+|the file): (\S+ \S+ \S+).*$/, '$1: $2'))).toEqual([
      'the file: has the unknown',
      'connections[0].name: must be text',
      'connections[0]: has the unknown',
      'connections[0].id: must be 1',
      'connections[0].ca: names the file',
      'connections[0].baseUrl: must begin with',
      'connections[1].settings.tenant: must be text',
      'connections[1].settings.scope: must be text',
      'connections[1]: has the unknown',
      'connections[1].settings.other: is no setting',
      'connections[1].settings.region: must be one',
      'connections[1].settings.key: is a secret',
      'connections[2].settings: must be {',
      'connections[2].allowInsecure: must be true',
      'connections[2].id: is the id',
      'connections[2].baseUrl: is plain http',
      'connections[3].settings.realm: must be text',
      'connections[3].settings.apiKey: names the environment',
      'connections[4].id: is the id',
      'connections[4].ca: names the file',
      'connections[4].provider: is none that',
      'connections[4].baseUrl: is plain http',
      'connections[5].provider: must be text',
      'connections[5].id: is the id',
      'connections[5].id: must be 1',
      'connections[6].id: must be 1',
      'connections[7].id: is missing. It',
      'connections[7].settings: must be {',
      'connections[8]: must be {',
    ]);
    expect(faults.join('\n')).not.toContain('canary');
  });

  it('names what a secret may hold, and says neither that it is missing nor nothing of its variable', () => {
    const withSecret = (provider: object, secret: object) => faultsOf({ ...provider, settings: { ...secret } });
    const unknown = 'has the unknown name "x". Known names: env.';
    expect(withSecret(toyEntry, { apiKey: { env: 'TOY_KEY', x: 1 } })).toEqual([
      `connections[0].settings.apiKey: ${unknown}`,
    ]);
    expect(withSecret(regionalEntry, { tenant: 'acme', key: { env: 'TOY_KEY', x: 1 } })).toEqual([
      `connections[0].settings.key: ${unknown}`,
    ]);
    expect(withSecret(toyEntry, { apiKey: { env: 'NOT_SET', x: 1 } })).toEqual([
      `connections[0].settings.apiKey: ${unknown}`,
      expect.stringContaining('settings.apiKey: names the environment variable NOT_SET, which is not set'),
    ]);
    expect(withSecret(toyEntry, { apiKey: { x: 1 } })).toHaveLength(1);
  });

  it('lists every fault of one base URL', () => {
    const faults = faultsOf({ ...toyEntry, baseUrl: 'https://user:canary@toy.example?x=canary#y' });
    expect(faults).toHaveLength(3);
    ['user name', 'query', 'fragment'].forEach((word, at) => {
      expect(faults[at]).toMatch(new RegExp(`^connections\\[0\\]\\.baseUrl: .*${word}`));
    });
  });

  it.each([
    ['needed with what is given', 'none', { proof: 'basic' }, true],
    ['needed with the default', 'basic', {}, true],
    ['given', 'basic', { word: { env: 'TOY_KEY' } }, false],
    ['not needed with what is given', 'basic', { proof: 'none' }, false],
    ['not needed with the default', 'none', {}, false],
  ] as const)('a secret that another setting calls for: %s', (_, byDefault, settings, isFault) => {
    const { faults } = checkConfiguration(
      { connections: [{ ...toyEntry, provider: 'proving', settings }] },
      { ...around, vendors: { proving: proving(byDefault) } },
    );
    expect(faults).toEqual(
      isFault
        ? [
            'connections[0].settings.word: is missing (Word). It is needed because proof is "basic". Write { "env": "NAME" } and set that environment variable.',
          ]
        : [],
    );
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
      /a number from 1 to 1000, "none" or "unknown"/,
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
