// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../test/certificates.ts';
import { around, proving, regionalEntry, toyEntry } from '../test/operators-file.ts';
import { checkConfiguration } from './config-schema.ts';
import { publicPart } from './connections.ts';

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
