/** What every vendor's error table promises. Run over each with the samples of its own contract. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonErrors, unclassified } from '../http/common-errors.ts';
import type { Provider } from './contract.ts';
import type { ErrorSample } from './error-sample.ts';
import { sampleReply } from '../http/sample-reply.ts';
import { explain } from './explain.ts';

export function keepsPromisesOfErrors(
  provider: Pick<Provider, 'errors' | 'readError' | 'operations'>,
  samples: readonly ErrorSample[],
): void {
  const { errors, operations } = provider;

  it.each(samples)('$operation $reply.envelope.status $reply.envelope.body: $code', (sample) => {
    const { code, fault, happened, reply, operation } = sample;
    expect(Object.keys(operations)).toContain(operation);
    expect(explain(provider, reply, operation)).toMatchObject({
      code,
      fault,
      happened,
      status: reply.envelope.status,
    });
  });

  it('has no line that no sample reaches, and no name twice', () => {
    const reached = new Set(samples.map(({ code }) => code));
    const names = errors.map(({ name }) => name);
    expect(names.filter((name) => !reached.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => commonErrors.some((row) => row.name === name))).toEqual([]);
  });

  it('names operations that exist, and speaks in whole sentences', () => {
    for (const row of errors) {
      for (const operation of row.operations ?? []) expect(Object.keys(operations)).toContain(operation);
      expect(row.sentence).toMatch(/^[A-Z].*\.$/s);
      expect(row.next).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('gives every reply there can be exactly one class, without throwing', () => {
    const names = new Set([...errors, ...commonErrors, unclassified].map(({ name }) => name));
    const known = samples.map(({ reply }) => reply.envelope.body);
    const body = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.constantFrom(...known),
      fc
        .record({ error: fc.jsonValue(), errors: fc.jsonValue(), message: fc.jsonValue() })
        .map((v) => JSON.stringify(v)),
    );
    const status = fc.oneof(
      fc.constantFrom(200, 204, 301, 302, 400, 401, 403, 404, 409, 429, 500, 503),
      fc.integer(),
      fc.constant(null),
    );
    const phase = fc.constantFrom('answered' as const, 'answered' as const, 'sent' as const, 'not-sent' as const);
    const operation = fc.oneof(fc.constantFrom(...Object.keys(operations)), fc.string());
    fc.assert(
      fc.property(status, body, phase, operation, (code, text, phase_, name) => {
        const failure = explain(provider, sampleReply(code, text, { phase: phase_ }), name);
        expect(names.has(failure.code)).toBe(true);
        if (phase_ === 'not-sent') expect(failure.happened).toBe('no');
        if (phase_ === 'sent') expect(failure.happened).toBe('unknown');
      }),
      { numRuns: 500 },
    );
  });
}
