import { describe, expect, it } from 'vitest';
import type { Reply } from '../http/call.ts';
import { sampleConnection } from '../http/sample-connection.ts';
import { sampleReply } from '../http/sample-reply.ts';
import type { Params } from '../http/operation.ts';
import type { Result } from '../lib/result.ts';
import type { Provider } from './contract.ts';
import { registry } from './registry.ts';
import type { SessionFace } from './session-face.ts';
import type { CodeGrant, CodeSignIn, FormField, FormValues, SignInWay } from './sign-in-way.ts';
import type { Tokens } from './tokens.ts';

const faces: readonly Provider[] = await Promise.all(registry.map((entry) => entry.load()));

const tokens: Tokens = {
  accessToken: 'canary-access-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'canary-refresh-token',
  facts: [],
};

const grant: CodeGrant = {
  state: 'canary-state',
  redirectUri: 'http://localhost:4600/callback/c',
  verifier: 'canary-verifier',
  challenge: 'challenge',
};

const target = { id: '{target}', label: 'Target' };

/** What the operator writes at least, and at most. */
const connectionOf = ({ settings }: Provider) =>
  sampleConnection('https://vendor.example/base', {
    settings: Object.fromEntries(
      settings.fields
        .filter(({ secret }) => !secret)
        .map(({ key, default: value, choices }) => [key, value ?? choices?.[0]?.value ?? 'canary']),
    ),
  });

/** Something that could stand in the field, whatever the vendor's own form of it. */
const typed: Readonly<Record<string, string>> = {
  accessKey: 'tlp-k1-1.canary',
  apiKey: 'canary:canary',
};

function fill({ name, kind, choices = [] }: FormField): string {
  switch (kind) {
    case 'digits':
      return '123456';
    case 'choice':
      return choices[0]?.value ?? '';
    case 'choices':
      return choices.map(({ value }) => value).join(' ');
    case 'text':
    case 'secret':
      return typed[name] ?? 'canary';
    default:
      return kind satisfies never;
  }
}

const filled = ({ fields }: SignInWay): FormValues =>
  Object.fromEntries(fields.map((field) => [field.name, fill(field)]));

/** What every vendor's face promises to those who use it without knowing which one it is. */
describe.each(faces)('the face of $name', (provider) => {
  const connection = connectionOf(provider);
  const withSession = provider.signIn.filter(({ kind }) => kind !== 'check');
  const sessions: readonly (readonly [string, SessionFace])[] = withSession.map(({ id }) => [
    id,
    provider.sessionFace(id),
  ]);

  /** The gateway refuses a parameter that the table does not take from the page, and misses one that it needs. */
  const expectToFit = (operation: string, params: Params): void => {
    const table = provider.operations[operation];
    expect(table, operation).toBeDefined();
    const fromPage = Object.entries(table?.params ?? {}).filter(
      ([, { from }]) => from === 'caller' || from === 'parked-code',
    );
    expect(fromPage.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(params)));
    for (const [name, { optional }] of fromPage) if (!optional) expect(Object.keys(params), operation).toContain(name);
    expect(Object.values(params)).not.toContain(undefined);
  };

  const expectRequest = (operation: string, request: Result<Params, unknown>): void => {
    expect(request).toMatchObject({ ok: true });
    if (request.ok) expectToFit(operation, request.value);
  };

  it('names the ways in each by its own name, with fields that a form can draw', () => {
    const ids = provider.signIn.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { fields } of provider.signIn) {
      for (const { kind, choices, initial } of fields) {
        expect(choices !== undefined).toBe(kind === 'choice' || kind === 'choices');
        const chosen = initial?.(connection).split(' ') ?? [];
        if (choices) expect(choices.map(({ value }) => value)).toEqual(expect.arrayContaining(chosen));
      }
    }
    expect(() => provider.sessionFace('no-such-way')).toThrow();
    expect(() => provider.sessionFace('toString')).toThrow();
  });

  it.each(provider.signIn)('asks, by $id, for operations that its table has, with the parameters they take', (way) => {
    const values = filled(way);
    switch (way.kind) {
      case 'check':
        expectRequest(way.operation, way.request(values, connection));
        return;
      case 'form':
        expectRequest(way.operation, way.request(values, connection, target));
        if (way.targets) expectRequest(way.targets.operation, way.targets.request(values, connection));
        if (way.targets?.rescue) {
          expectToFit(way.targets.rescue.operation, way.targets.rescue.params(values, connection));
        }
        break;
      case 'code':
        expectRequest(way.operation, way.request(values, connection, grant));
        expectCode(way, values);
        break;
      default:
        way satisfies never;
    }
    if (way.identify) expectToFit(way.identify.operation, way.identify.params(tokens, connection));
  });

  function expectCode({ obtain }: CodeSignIn, values: FormValues): void {
    if (obtain.by === 'form') {
      expectRequest(obtain.operation, obtain.request(values, connection, grant));
      return;
    }
    const href = obtain.href(values, connection, grant);
    const url = new URL(href.ok ? href.value : 'none:');
    expect(url.href.startsWith(`${connection.baseUrl}/`)).toBe(true);
    expect(url.searchParams.get('state')).toBe(grant.state);
    expect(url.searchParams.get('redirect_uri')).toBe(grant.redirectUri);
    // The verifier and what was typed as a secret never stand in an address.
    expect(url.href).not.toContain(grant.verifier);
  }

  it.each(sessions)('refreshes, ends and probes a session of %s by operations that its table has', (way, session) => {
    const { refresh, logOut, probe } = session;
    if (refresh?.kind === 'single-use') {
      expectToFit(refresh.operation, refresh.params(tokens, connection));
      expect(provider.operations[refresh.operation]?.effect).toBe('spend');
    }
    const minting = refresh?.kind === 'single-use' ? refresh.anew : refresh;
    if (minting) {
      const found = provider.signIn.find(({ id }) => id === way);
      const keeps = found?.kind === 'form' ? found.keeps : undefined;
      // Without an offer to keep the credential there would be nothing to mint with.
      expect(keeps).toBeDefined();
      const kept = found && keeps ? keeps.kept(filled(found)) : {};
      expectToFit(minting.operation, minting.params(tokens, connection, kept));
      expect(provider.operations[minting.operation]?.effect).toBe('mint');
    }
    if (logOut) {
      expectToFit(logOut.operation, logOut.params(tokens, connection));
      expect(provider.operations[logOut.operation]?.effect).toBe('end');
    }
    expectToFit(probe.operation, probe.params(tokens, connection));
    expectToFit(probe.operation, session.credential(tokens));
    // A probe is asked without a nonce, and by itself.
    expect(provider.operations[probe.operation]?.effect).toBe('read');
  });

  it('says in its manifest what ends a session of each way in', () => {
    const ends = sessions.map(([way, { logOut }]) => [
      way,
      logOut ? (logOut.needsRefreshToken ? 'by-refresh-token' : 'by-any-token') : 'impossible',
    ]);
    expect(provider.logOut).toEqual(Object.fromEntries(ends));
  });

  it('asks its doctor’s question without a credential', () => {
    expectToFit(provider.doctor.operation, provider.doctor.params);
    expect(provider.operations[provider.doctor.operation]?.effect).toBe('read');
  });

  it('never offers to keep what a person signs in with elsewhere', () => {
    for (const way of provider.signIn) {
      const asksForPassword = way.fields.some(({ autoComplete }) => autoComplete === 'current-password');
      if (asksForPassword) expect(way.kind === 'form' && way.keeps !== undefined).toBe(false);
    }
  });

  it('sends nothing that has not been typed: every required field left out is refused', () => {
    for (const way of provider.signIn) {
      expect(way.fields.some(({ required }) => required)).toBe(true);
      const request =
        way.kind === 'code'
          ? way.request({}, connection, grant)
          : way.kind === 'check'
            ? way.request({}, connection)
            : way.request({}, connection, target);
      expect(request).toMatchObject({ ok: false, failure: { fault: 'input', happened: 'no' } });
    }
  });

  it('declares as secret whatever carries one', () => {
    for (const { params } of Object.values(provider.operations)) {
      for (const [name, param] of Object.entries(params)) {
        if (param.from === 'operator-secret' || param.from === 'parked-code') expect(param.secret, name).toBe(true);
        if (/token|password|otp|secret|key|verifier|bearer/i.test(name)) expect(param.secret, name).toBe(true);
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

  it.each(sessions)(
    'keeps the secret of %s out of the address of its example, and warns where it must stand there',
    (_, session) => {
      const example = session.present(tokens, connection);
      expect(example.url).not.toMatch(/canary|[?]/);
      const holdsSecret = ({ value }: { readonly value: readonly unknown[] }): boolean =>
        value.some((part) => typeof part !== 'string');
      expect([...example.headers, ...example.query].filter(holdsSecret)).toHaveLength(1);
      if (example.query.some(holdsSecret)) expect(example.warning).toBeDefined();
      expect(example.variables.map(({ value }) => value)).toContain(tokens.accessToken);
    },
  );

  it.each(sessions)(
    'names the place where %s is ended at the vendor, where the console can only forget it',
    (_, session) => {
      expect(session.endsAt === undefined).toBe(session.logOut !== undefined);
      expect(session.endsAt?.words ?? '.').toMatch(/[.:]$/);
      const page = session.endsAt?.page?.(connection);
      if (page) expect(page.href).toMatch(/^https:\/\/vendor\.example\/base\//);
    },
  );

  it.each(sessions)('says of %s either how to log out or what forgetting leaves behind', (_, session) => {
    expect(Boolean(session.logOut) !== Boolean(session.forgetting)).toBe(true);
  });

  it('has error lines with one name each, whose patterns keep no state', () => {
    expect(new Set(provider.errors.map(({ name }) => name)).size).toBe(provider.errors.length);
    for (const { text, contentType } of provider.errors)
      expect(`${text?.flags ?? ''}${contentType?.flags ?? ''}`).not.toMatch(/[gy]/);
  });

  it('never throws at a reply, and never takes an unanswered or an empty one for a success', () => {
    for (const reply of hostileReplies()) {
      provider.readError(reply);
      for (const way of provider.signIn) expectNoSuccess(way, reply);
      for (const [, session] of sessions) {
        expect(session.refresh?.read(reply, tokens, connection).ok ?? false).toBe(false);
        if (reply.envelope.phase !== 'answered') {
          expect(session.logOut?.read(reply).ok ?? false).toBe(false);
          expect(session.probe.read(reply, tokens).verdict).toBe('unknown');
        }
      }
      expect(provider.doctor.read(reply, connection).standing).toBe('attention');
    }
  });

  function expectNoSuccess(way: SignInWay, reply: Reply): void {
    switch (way.kind) {
      case 'check':
        expect(way.read(reply, {}).ok).toBe(false);
        return;
      case 'form':
        expect(way.read(reply, {}, connection, target).ok).toBe(false);
        expect(way.targets?.read(reply, {}).ok ?? false).toBe(false);
        expect(way.targets?.rescue?.read(reply, {}, connection) ?? null).toBeNull();
        break;
      case 'code':
        expect(way.read(reply, {}, connection, grant).ok).toBe(false);
        if (way.obtain.by === 'form') expect(way.obtain.read(reply).ok).toBe(false);
        break;
      default:
        way satisfies never;
    }
    expect(way.identify?.read(reply, tokens).ok ?? false).toBe(false);
  }
});

it('has each vendor once, at a route of its own name', () => {
  expect(new Set(registry.map(({ id }) => id)).size).toBe(registry.length);
  for (const [index, { id, route }] of registry.entries()) {
    expect(route).toBe(`/${id}`);
    expect(faces[index]).toMatchObject({ id, route });
  }
});

const hostileBodies = [
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

const hostileReplies = (): readonly Reply[] =>
  hostileBodies.flatMap((body) => [
    sampleReply(200, body),
    sampleReply(500, body),
    sampleReply(null, body, { phase: 'sent' }),
    sampleReply(200, body, { phase: 'not-sent' }),
    sampleReply(302, body, { phase: 'sent' }),
  ]);
