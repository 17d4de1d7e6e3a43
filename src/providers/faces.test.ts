import { describe, expect, it } from 'vitest';
import { sampleReply } from '../http/sample-reply.ts';
import type { Connection } from '../http/envelope.ts';
import type { Params } from '../http/operation.ts';
import type { Provider, Tokens } from './contract.ts';
import { registry } from './registry.ts';

const faces: readonly Provider[] = await Promise.all(registry.map((entry) => entry.load()));

const tokens: Tokens = {
  accessToken: 'canary-access-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'canary-refresh-token',
  facts: [],
};

const connectionOf = (provider: Provider): Connection => ({
  id: 'c',
  provider: provider.id,
  name: 'C',
  baseUrl: 'https://vendor.example/base',
  settings: Object.fromEntries(
    provider.settings.fields.flatMap(({ key, default: value }) => (value === undefined ? [] : [[key, value]])),
  ),
  insecure: false,
  forwardsClientAddress: false,
});

/** What every vendor's face promises to those who use it without knowing which one it is. */
describe.each(faces)('the face of $name', (provider) => {
  const connection = connectionOf(provider);

  /** The gateway refuses a parameter that the table does not take from the page, and misses one that it needs. */
  const expectToFit = (operation: string, params: Params): void => {
    const table = provider.operations[operation];
    expect(table, operation).toBeDefined();
    const fromPage = Object.entries(table?.params ?? {}).filter(
      ([, { from }]) => from === 'caller' || from === 'parked-code',
    );
    expect(fromPage.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(params)));
    for (const [name, { optional }] of fromPage) if (!optional) expect(Object.keys(params), operation).toContain(name);
  };

  it('names operations that its table has, with the parameters that they take', () => {
    const { refresh, logOut, probe, doctor } = provider;
    if (refresh) expectToFit(refresh.operation, refresh.params(tokens, connection));
    if (logOut) expectToFit(logOut.operation, logOut.params(tokens, connection));
    expectToFit(probe.operation, probe.params(tokens, connection));
    expectToFit(doctor.operation, doctor.params);
    for (const way of provider.signIn) {
      const values = Object.fromEntries(
        way.fields.map(({ name, kind }) => [name, kind === 'digits' ? '123456' : 'canary']),
      );
      const request = way.request(values, connection);
      expect(request.ok).toBe(true);
      if (request.ok) expectToFit(way.operation, request.value);
      if (way.identify) expectToFit(way.identify.operation, way.identify.params(tokens, connection));
    }
  });

  it('presents the credential under a name that calls on a session’s behalf take', () => {
    expectToFit(provider.probe.operation, provider.credential(tokens));
  });

  it('sends nothing that has not been typed: every required field left out is refused', () => {
    for (const way of provider.signIn) {
      expect(way.fields.some(({ required }) => required)).toBe(true);
      expect(way.request({}, connection)).toMatchObject({ ok: false, failure: { fault: 'input', happened: 'no' } });
    }
  });

  it('declares as secret whatever carries one', () => {
    for (const { params } of Object.values(provider.operations)) {
      for (const [name, param] of Object.entries(params)) {
        if (param.from === 'operator-secret' || /token|password|otp|secret|key/i.test(name))
          expect(param.secret, name).toBe(true);
      }
    }
  });

  it('takes the secrets of the operator from fields that are declared secret, and settings from fields that exist', () => {
    const fields = new Map(provider.settings.fields.map((field) => [field.key, field]));
    for (const { params } of Object.values(provider.operations)) {
      for (const [name, { from, setting = name }] of Object.entries(params)) {
        if (from === 'setting') expect(fields.get(setting)?.secret, setting).toBeUndefined();
        if (from === 'setting') expect(fields.has(setting), setting).toBe(true);
        if (from === 'operator-secret') expect(fields.get(setting)?.secret, setting).toBe(true);
      }
    }
  });

  it('keeps the secret out of the address of its example call, and warns where the vendor wants it there', () => {
    const example = provider.present(tokens, connection);
    expect(example.url).not.toMatch(/canary|[?]/);
    const carriers = [...example.headers, ...example.query].filter(({ value }) =>
      value.some((part) => typeof part !== 'string'),
    );
    expect(carriers).toHaveLength(1);
    expect(example.warning !== undefined).toBe(example.query.length > 0);
  });

  it('says either how to log out or what forgetting leaves behind', () => {
    expect(Boolean(provider.logOut) !== Boolean(provider.forgetting)).toBe(true);
  });

  it('has error lines with one name each, whose patterns keep no state', () => {
    expect(new Set(provider.errors.map(({ name }) => name)).size).toBe(provider.errors.length);
    for (const { text, contentType } of provider.errors)
      expect(`${text?.flags ?? ''}${contentType?.flags ?? ''}`).not.toMatch(/[gy]/);
  });

  it('never throws at a reply, and never takes an unanswered one for a success', () => {
    const bodies = [
      '',
      'null',
      '[]',
      '{}',
      '"x"',
      '{',
      '\u0000',
      '<html>',
      '{"__proto__":{"error":"x"}}',
      '[[[[',
      '1e999',
    ];
    const replies = bodies.flatMap((body) => [
      sampleReply(200, body),
      sampleReply(500, body),
      sampleReply(null, body, { phase: 'sent' }),
      sampleReply(200, body, { phase: 'not-sent' }),
    ]);
    for (const reply of replies) {
      provider.readError(reply);
      for (const way of provider.signIn) expect(way.read(reply, {}, connection).ok).toBe(false);
      expect(provider.refresh?.read(reply, tokens, connection).ok ?? false).toBe(false);
      if (reply.envelope.phase !== 'answered') {
        expect(provider.logOut?.read(reply).ok ?? false).toBe(false);
        expect(provider.probe.read(reply).verdict).toBe('unknown');
      }
      expect(provider.doctor.read(reply, connection).standing).toBe('attention');
    }
  });
});
