/** The composer says what the gateway would say of the same entry. */
import { describe, expect, it } from 'vitest';
import { readBaseUrl } from '../../../gateway/base-url.ts';
import { checkConfiguration } from '../../../gateway/config-schema.ts';
import type { ProviderSettings } from '../../http/settings.ts';
import { settings as formBased } from '../../providers/ocp/settings.ts';
import { settings as grantBased } from '../../providers/p4oauth/settings.ts';
import { settings as tenantBased } from '../../providers/primatime/settings.ts';
import { checkBaseUrl } from './base-url.ts';
import { clockWords } from './clock-words.ts';
import { composeEntry, suggestedVariable, type Draft } from './compose-entry.ts';

const draft = (differs: Partial<Draft> = {}): Draft => ({
  provider: 'iam',
  id: 'iam-production',
  name: 'IAM production',
  baseUrl: 'https://iam.example.com/auth',
  settings: {},
  ca: '',
  allowInsecure: false,
  forwardClientAddress: false,
  ...differs,
});

const gatewaySays = (entry: unknown, settings: ProviderSettings, env: Readonly<Record<string, string>> = {}) =>
  checkConfiguration(
    { connections: [entry] },
    {
      vendors: { iam: { operations: {}, settings } },
      env,
      readFile: () => {
        throw new Error('There is no file here.');
      },
    },
  );

describe('a base URL', () => {
  const odd = [
    '',
    'iam.example.com',
    '//iam.example.com',
    'ftp://iam.example.com',
    'javascript:alert(1)',
    'https://',
    'https://alice@iam.example.com',
    'https://alice:not-a-real-password@iam.example.com/auth',
    'https://iam.example.com/auth?realm=master',
    'https://iam.example.com/auth#top',
    'https://iam.example.com/ auth',
    'https://iam.example.com\\auth',
    'https://iam.example.com:0',
    'https://iam.example.com:99999',
    'https://iam.example.com./auth',
    'https://iam.example.com/a//b',
    'https://iam.example.com/a/../b',
    'https://iam.example.com/a%2e%2e/b',
    'https://0x7f.1/auth',
    'https://１２７.0.0.1',
    'https://[fe80::1%25eth0]/',
    `https://iam.example.com/${'a'.repeat(2_050)}`,
  ];
  const good = [
    'https://iam.example.com',
    'https://iam.example.com/auth/',
    'http://localhost:8180/auth',
    'http://127.0.0.1:1',
    'http://[::1]:2/x',
    'http://iam.example.com',
  ];

  it.each([...odd, ...good])('%s is judged as the gateway judges it', (written) => {
    const here = checkBaseUrl(written);
    const there = readBaseUrl(written);
    expect(here.ok).toBe(there.ok);
    if (!here.ok && !there.ok) expect(here.fault).toBe(there.faults.join(' '));
    if (here.ok && there.ok) expect(here).toEqual({ ok: true, plainHttp: there.plainHttp, loopback: there.loopback });
  });

  it.each(odd)('%s is refused without being repeated', (written) => {
    const check = checkBaseUrl(written);
    if (check.ok) throw new Error('It was taken.');
    expect(check.fault).not.toContain('not-a-real-password');
  });
});

describe('a composed entry', () => {
  it('is taken by the gateway as it stands', () => {
    const { entry, faults } = composeEntry(
      draft({ settings: { realm: 'staff', sessionLimit: 'none' } }),
      formBased,
      [],
    );
    expect(faults).toEqual({});
    const said = gatewaySays(JSON.parse(JSON.stringify(entry)), formBased);
    expect(said.faults).toEqual([]);
    expect(said.connections[0]).toMatchObject({
      id: 'iam-production',
      baseUrl: 'https://iam.example.com/auth',
      settings: { realm: 'staff', clientId: 'ocp', sessionLimit: 'none' },
    });
  });

  it('names an environment variable in place of a secret, and may leave the base URL to the vendor', () => {
    const { entry, faults } = composeEntry(
      draft({ baseUrl: '', settings: { tenant: 'acme', region: 'eu' } }),
      tenantBased,
      [],
    );
    expect(faults).toEqual({});
    expect(entry).toMatchObject({ settings: { apiKey: { env: 'IAM_PRODUCTION_API_KEY' } } });
    const said = gatewaySays(entry, tenantBased, { IAM_PRODUCTION_API_KEY: 'not-a-real-key' });
    expect(said.faults).toEqual([]);
    expect(said.connections[0]?.baseUrl).toBe('https://acme.api.eu.primatime.com/v1');
  });

  it('names a variable for a secret where another setting calls for one, and only there', () => {
    const { entry, faults } = composeEntry(draft({ settings: { clientAuthentication: 'basic' } }), grantBased, []);
    expect(faults).toEqual({});
    const settings = { clientAuthentication: 'basic', clientSecret: { env: 'IAM_PRODUCTION_CLIENT_SECRET' } };
    expect(entry).toMatchObject({ settings });
    const env = { IAM_PRODUCTION_CLIENT_SECRET: 'not-a-real-secret' };
    expect(gatewaySays(entry, grantBased, env).faults).toEqual([]);
    expect(gatewaySays({ ...entry, settings: { clientAuthentication: 'basic' } }, grantBased).faults).toEqual([
      expect.stringContaining('clientSecret: is missing') as string,
    ]);
    expect(composeEntry(draft(), grantBased, []).entry).toMatchObject({ settings: { clientAuthentication: 'none' } });
    expect(composeEntry(draft(), grantBased, []).entry).not.toHaveProperty('settings.clientSecret');
  });

  it.each<[string, Partial<Draft>, string]>([
    ['id', { id: 'IAM Production' }, 'must be 1 to 64 small letters, digits and inner hyphens'],
    ['name', { name: ' ' }, 'must be 1 to 80 visible characters'],
    ['baseUrl', { baseUrl: 'https://iam.example.com?x' }, 'has a query in it. Leave out everything from the ? on.'],
    ['baseUrl', { baseUrl: 'http://iam.example.com' }, 'is plain http to another machine'],
    ['baseUrl', { baseUrl: '' }, 'is missing. The server, with /auth where its addresses begin with it'],
    [
      'settings.sessionLimit',
      { settings: { sessionLimit: '0' } },
      'must be a number from 1 to 1000, "none" or "unknown".',
    ],
    ['settings.realm', { settings: { realm: 'a/b' } }, 'A realm is one path segment'],
  ])('has the gateway’s words for a wrong %s', (field, differs, words) => {
    const { entry, faults } = composeEntry(draft(differs), formBased, []);
    expect(Object.keys(faults)).toEqual([field]);
    expect(faults[field]).toContain(words);
    expect(gatewaySays(entry, formBased).faults.join('\n')).toContain(words);
  });

  it('asks before it writes that plain http is accepted', () => {
    const http = draft({ baseUrl: 'http://iam.example.com' });
    expect(composeEntry(http, formBased, []).entry).not.toHaveProperty('allowInsecure');
    const accepted = composeEntry({ ...http, allowInsecure: true }, formBased, []);
    expect(accepted.faults).toEqual({});
    expect(gatewaySays(accepted.entry, formBased).faults).toEqual([]);
  });

  it('forgets an acceptance that is no longer asked for', () => {
    expect(composeEntry(draft({ allowInsecure: true }), formBased, []).entry).not.toHaveProperty('allowInsecure');
  });

  it('refuses an id that is taken', () => {
    expect(composeEntry(draft(), formBased, ['iam-production']).faults['id']).toContain('is taken');
  });

  it('says that a required setting is missing, once and not twice', () => {
    const { faults } = composeEntry(draft({ baseUrl: '' }), tenantBased, []);
    expect(faults).toEqual({ 'settings.tenant': expect.stringContaining('Tenant is missing.') as string });
  });

  it('suggests variable names that a shell takes', () => {
    expect(suggestedVariable('acme-eu', 'apiKey')).toBe('ACME_EU_API_KEY');
    expect(suggestedVariable('4you', 'apiKey')).toBe('_4YOU_API_KEY');
  });
});

describe('a server’s clock', () => {
  it.each([
    [null, 'not measured: no answer with a date came yet'],
    [{ offsetMs: 300, uncertaintyMs: 520 }, 'agrees with this machine (± 0.5 s)'],
    [{ offsetMs: 4_200, uncertaintyMs: 520 }, '4.2 s ahead of this machine (± 0.5 s)'],
    [{ offsetMs: -600_000, uncertaintyMs: 520 }, '10 min behind this machine (± 0.5 s)'],
    [{ offsetMs: 90_000_000, uncertaintyMs: 1_000 }, '25 h ahead of this machine (± 1.0 s)'],
    [{ offsetMs: 0, uncertaintyMs: 31_000 }, 'not verified: the answers took too long to tell'],
  ])('%j: %s', (estimate, words) => {
    expect(clockWords(estimate)).toBe(words);
  });
});
