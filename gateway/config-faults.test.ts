// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { around, proving, regionalEntry, toyEntry } from '../test/operators-file.ts';
import { checkConfiguration } from './config-schema.ts';

const check = (...connections: unknown[]) => checkConfiguration({ connections }, around);
const faultsOf = (entry: object): readonly string[] => check(entry).faults;

describe('the faults of the operator’s file', () => {
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
      'connections[1]: has the unknown',
      'connections[1].settings.other: is no setting',
      'connections[1].settings.tenant: must be text',
      'connections[1].settings.region: must be one',
      'connections[1].settings.key: is a secret',
      'connections[1].settings.scope: must be text',
      'connections[1].baseUrl: is plain http',
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

  it('lists every fault of one base URL', () => {
    const faults = faultsOf({ ...toyEntry, baseUrl: 'https://user:canary@toy.example?x=canary#y' });
    expect(faults).toHaveLength(3);
    ['user name', 'query', 'fragment'].forEach((word, at) => {
      expect(faults[at]).toMatch(new RegExp(`^connections\\[0\\]\\.baseUrl: .*${word}`));
    });
  });

  it('says beside them that it is plain http, with a placeholder that has no value or an unfit one too', () => {
    const wordsOf = (entry: object, baseUrl: string) =>
      faultsOf({ ...entry, baseUrl }).map((fault) => fault.replace(/^\S+?\.(\S+: \S+ \S+ \S+).*$/, '$1'));
    expect(wordsOf(toyEntry, ' http://user:canary@toy.example./auth?x')).toEqual([
      'baseUrl: has a space',
      'baseUrl: has a user',
      'baseUrl: has a query',
      'baseUrl: has a host',
      'baseUrl: is plain http',
    ]);
    const unfit = { ...regionalEntry, settings: { ...regionalEntry.settings, tenant: 'canary/x', scope: 'A' } };
    expect(wordsOf(unfit, 'http://user:canary@{tenant}.toy.example/v1?q')).toEqual([
      'settings.scope: A scope is',
      'baseUrl: takes in the',
      'baseUrl: has a user',
      'baseUrl: has a query',
      'baseUrl: is plain http',
    ]);
    const without = { ...regionalEntry, settings: { key: { env: 'TOY_KEY' } } };
    expect(wordsOf(without, 'http://user:canary@{tenant}.toy.example')).toEqual([
      'settings.tenant: is missing (Tenant).',
      'baseUrl: has a user',
      'baseUrl: is plain http',
    ]);
    expect(wordsOf({ ...toyEntry, provider: 'nobody' }, 'http://{any}.toy.example?q')).toEqual([
      'provider: is none that',
      'baseUrl: has a query',
      'baseUrl: is plain http',
    ]);
  });

  it.each(['http://{tenant}', 'http://localhost:{tenant}/a{tenant}', 'https://{tenant}.example:1{tenant}'])(
    'says nothing of %s that the value of its placeholder decides',
    (baseUrl) => {
      const entry = { ...regionalEntry, settings: { key: { env: 'TOY_KEY' } }, baseUrl };
      expect(faultsOf(entry)).toEqual([expect.stringContaining('settings.tenant: is missing')]);
    },
  );

  it.each([
    ['toy', { foo: true }, ['foo: is no setting of toy.']],
    ['toy', { foo: { env: 'TOY_KEY', x: 1 }, bar: [1] }, ['foo: is no setting of toy.', 'bar: is no setting of toy.']],
    ['toy', { realm: true, apiKey: 7.5 }, ['realm: must be text in " or a number.', 'apiKey: is a secret and']],
    ['toy', { apiKey: true }, ['apiKey: is a secret and']],
    ['toy', { apiKey: { env: 1 } }, ['apiKey: is a secret and']],
    [
      'regional',
      { tenant: 'a', region: [1], limit: {}, key: { env: 'TOY_KEY' } },
      ['region: must be one of: any, eu.', 'limit: must be a number'],
    ],
    ['nobody', { foo: true }, ['foo: must be text in ", a number, or { "env": "NAME" }.']],
  ])('has one fix for a setting of another shape, and the right one: %s %j', (provider, settings, wanted) => {
    const faults = faultsOf({ ...toyEntry, provider, settings }).filter((fault) => fault.includes('.settings.'));
    expect(faults).toEqual(
      wanted.map((fault) => expect.stringContaining(`connections[0].settings.${fault}`) as unknown),
    );
  });
});
