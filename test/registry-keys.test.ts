/** What every vendor promises of its keys, over the whole registry and without a network. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../src/http/sample-connection.ts';
import { sampleReply } from '../src/http/sample-reply.ts';
import type { Provider } from '../src/providers/contract.ts';
import type { Ending } from '../src/providers/ending.ts';
import type { Params } from '../src/http/operation.ts';
import { registry } from '../src/providers/registry.ts';
import { completeThing } from '../src/revocation/create-item.ts';
import { offersOf, stepsOf, thingsOf, typedForKey } from './keys-of-registry.ts';

const faces: readonly Provider[] = await Promise.all(registry.map((entry) => entry.load()));
const withKeys = await Promise.all(
  faces.flatMap((provider) =>
    provider.keys ? [provider.keys().then((keys) => ({ ...provider, provider, keysOf: keys }))] : [],
  ),
);
const connection = sampleConnection('https://vendor.example');

describe.each(withKeys)('the keys of $name', ({ provider, keysOf: keys }) => {
  const offers = offersOf(provider, keys);
  const steps = stepsOf(offers);

  const fits = (operation: string, params: Params): void => {
    const table = provider.operations[operation];
    expect(table, operation).toBeDefined();
    const fromPage = Object.entries(table?.params ?? {}).filter(([, { from }]) => from === 'caller');
    expect(fromPage.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(params)));
    expect(Object.values(params)).not.toContain(undefined);
  };

  it('has a sample of every kind, and no other', () => {
    const kinds = keys.kinds.map(({ kind }) => kind);
    expect(new Set(thingsOf(provider).map(({ thing }) => thing.kind))).toEqual(new Set(kinds));
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('offers nothing that could not be proven without saying why', () => {
    for (const { ending, name } of offers) {
      const proofs = ending.steps.filter(({ stage, asked }) => !asked && (stage === 'again' || stage === 'probe'));
      expect(proofs.length > 0 !== (ending.unprovable !== undefined), name).toBe(true);
    }
  });

  it('names steps each by its own name, and asks only for steps that it has', () => {
    for (const { ending, name } of offers) {
      const ids = ending.steps.map(({ id }) => id);
      expect(new Set(ids).size, name).toBe(ids.length);
    }
  });

  it('gives the same steps for the same thing and means', () => {
    const again = offersOf(provider, keys);
    expect(again.map(({ ending }) => ending.steps.map(({ id }) => id))).toEqual(
      offers.map(({ ending }) => ending.steps.map(({ id }) => id)),
    );
  });

  it.each(steps)('asks, in $name, for an operation that its table has', ({ step, context }) => {
    fits(step.operation, step.params(context));
    const effect = provider.operations[step.operation]?.effect;
    if (step.stage === 'evidence' || step.stage === 'again' || step.stage === 'quiet') expect(effect).toBe('read');
    // A token that works once is ended by using it.
    if (step.stage === 'end') expect(['end', 'change', 'spend']).toContain(effect);
    // Written out before anything is sent, so it holds nothing that must not be read.
    for (const secret of Object.values(context.secrets)) expect(step.sends).not.toContain(secret);
  });

  it.each(steps)('never throws in $name, and reads no proof out of what is none', ({ step, context }) => {
    for (const body of ['', 'null', '[]', '{}', '"x"', '<html>', '{"__proto__":{"error":"x"}}', '[[[[']) {
      for (const status of [200, 204, 302, 400, 404, 500, 503]) {
        const reading = step.read(sampleReply(status, body), context);
        expect(reading?.says).not.toBe('dead');
        // A list of nothing is what most of them answer in the end.
        const isEmptyList = body === '[]' && status < 300;
        if (!isEmptyList) expect(reading?.says).not.toBe('gone');
      }
    }
  });

  it('asks for consent wherever a found thing is used to end it', () => {
    for (const { ending, thing, name } of offers) {
      const usesIt = ending.steps.some((step) => step.kind === 'call' && step.as === 'thing' && step.stage === 'end');
      if (usesIt && thing.session === null) expect(ending.consent, name).toBeDefined();
    }
  });

  /** What was pasted, and nothing that this console opened with it. */
  const found = offers.filter(
    ({ thing, means }) => means.secret && !means.own && thing.session === null && thing.minted.length === 0,
  );
  const usesItself = ({ steps: all }: Ending): boolean =>
    all.some((step) => step.kind === 'call' && step.as === 'thing');

  it('asks for consent wherever what was found is used, be it to look, to try it or to end it', () => {
    for (const { thing, means } of found) {
      for (const ending of [...keys.endings(thing, means, connection), keys.check(thing, means, connection)]) {
        if (ending && usesItself(ending)) expect(ending.consent, `${thing.kind} ${ending.id}`).toBeDefined();
      }
    }
  });

  it('sends nothing with what was found where the operator forbids it', () => {
    for (const { thing, means } of found) {
      const forbidden = { ...means, selfUse: false };
      for (const ending of [...keys.endings(thing, forbidden, connection), keys.check(thing, forbidden, connection)]) {
        if (ending) expect(usesItself(ending), `${thing.kind} ${ending.id}`).toBe(false);
      }
    }
  });

  it('offers nothing of that where the operator forbids it', () => {
    for (const { thing, means } of offers) {
      for (const ending of keys.endings(thing, { ...means, selfUse: false }, connection)) {
        expect(ending.consent).toBeUndefined();
      }
    }
  });

  it('makes a key with parameters that its table takes', () => {
    if (!keys.create) return;
    const request = keys.create.request(typedForKey, {
      id: keys.create.chooseId?.((length) => new Uint8Array(length)) ?? null,
      nowMs: 0,
    });
    expect(request).toMatchObject({ ok: true });
    if (request.ok) fits(keys.create.operation, request.value);
    expect(provider.operations[keys.create.operation]?.effect).toBe('create');
  });

  it('makes one as a job: the call that makes it, a look for a lost answer, and a person who copies it', () => {
    expect(keys.making === undefined).toBe(keys.create === undefined);
    if (!keys.create || !keys.making) return;
    const { create, making } = keys;
    const thing = completeThing(create.blank(create.chooseId?.((length) => new Uint8Array(length)) ?? null));
    for (const way of create.ways) {
      const session = { id: 'session', way, identity: { name: 'alice', id: '102' }, companions: {} };
      const move = making(thing, { session, secret: false, own: false, selfUse: true }, connection, typedForKey);
      const steps = move?.steps ?? [];
      const stages = steps.map(({ stage, asked }) => (asked ? `${stage}, asked` : stage));
      expect(stages.filter((stage) => !stage.startsWith('evidence'))).toEqual(['create', 'create, asked', 'person']);
      expect(move?.shows).toHaveLength(1);
      for (const step of steps) {
        if (step.kind !== 'call') continue;
        fits(step.operation, step.params({ thing, connection, secrets: {}, evidence: null, serverMs: 0 }));
      }
    }
    expect(
      making(thing, { session: null, secret: true, own: false, selfUse: true }, connection, typedForKey),
    ).toBeNull();
  });

  it('fills in a form for a key like another one, with what the server takes', () => {
    if (!keys.create) return;
    const { create } = keys;
    for (const { thing } of thingsOf(provider)) {
      if (!thing.row) continue;
      const like = { ...typedForKey, ...create.like(thing.row) };
      const id = create.chooseId?.((length) => new Uint8Array(length)) ?? null;
      expect(create.request(like, { id, nowMs: 0 })).toMatchObject({ ok: true });
    }
  });

  it('names, for a new key that is kept here, a way in of its own that takes it as it was shown', () => {
    const opens = keys.create?.opens;
    if (!opens) return;
    const way = provider.signIn.find(({ id }) => id === opens.way);
    const values = opens.values('canary');
    expect(way?.kind).toBe('form');
    expect(Object.keys(values)).toEqual(way?.fields.filter(({ required }) => required).map(({ name }) => name));
    expect(Object.values(values)).toEqual(['canary']);
  });

  it('names, for a key that made a session, a kind and a way in of its own', () => {
    if (!keys.maker) return;
    expect(keys.kinds.map(({ kind }) => kind)).toContain(keys.maker.kind);
    const way = provider.signIn.find(({ id }) => id === keys.maker?.way);
    expect(way?.kind === 'form' && way.nameOfCredential !== undefined).toBe(true);
    expect(keys.maker.thing('API key canary', {})).toMatchObject({ kind: keys.maker.kind, name: 'API key canary' });
    expect(keys.list).toBeUndefined();
  });

  it('recognises any text in no time, and nothing in most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const found = keys.recognise(text);
        expect(found.length).toBeLessThan(10);
        for (const { kind, secret } of found) {
          expect(keys.kinds.map((one) => one.kind)).toContain(kind);
          expect(secret).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
    const startedAtMs = performance.now();
    keys.recognise('tlp-k1-1.a'.repeat(200_000));
    keys.recognise('-'.repeat(2_000_000));
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });
});
