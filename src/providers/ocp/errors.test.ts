import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonErrors, unclassified } from '../../http/common-errors.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { limitSamples, signInSamples, type ErrorSample } from './error-samples.ts';
import { errors, explainReply, readError } from './errors.ts';
import { operations } from './operations.ts';

const explain = ({ reply, operation }: ErrorSample) => explainReply(reply, operation);

const find = (among: readonly ErrorSample[], wanted: string): ErrorSample => {
  const found = among.find(({ code, reply }) => code === wanted || reply.envelope.body.includes(wanted));
  if (!found) throw new Error(`There is no sample of ${wanted}`);
  return found;
};

describe('errors of OCP’s IAM', () => {
  it('tells a locked account from a wrong password as little as the server does, and says so', () => {
    const { sentence, next } = explain(find(signInSamples, 'wrong-password'));
    expect(sentence).toMatch(/locked/);
    expect(next).toMatch(/support/);
  });
});

describe('too many sessions', () => {
  it.each(limitSamples)('$reply.envelope.status $code says to try once, after a slot is free', (sample) => {
    const { sentence, next } = explain(sample);
    expect(`${sentence} ${next}`).not.toMatch(/password|user name|credential/i);
    expect(next).toMatch(/Then sign in once: refused tries can lock the account\./);
  });

  it('names a second cause unless the server says it in its own words', () => {
    for (const sample of limitSamples) {
      const certain = sample.code === 'session-limit-in-words';
      expect(/If no session can be open/.test(explain(sample).next)).toBe(!certain);
    }
  });

  it('names neither cause as a fact where the answer is not in the server’s own form', () => {
    const unsaid = limitSamples.filter(({ code }) => code === 'session-limit-unsaid');
    expect(unsaid).toHaveLength(3);
    for (const sample of unsaid) {
      const { sentence, next } = explain(sample);
      expect(sentence).toMatch(/perhaps too many sessions .* perhaps a proxy or a rule about origins/);
      expect(next).toMatch(/what refuses the call\.$/);
    }
    expect(explain(find(limitSamples, 'nope')).serverSaid).toBe('nope');
  });

  it('quotes the operator’s own words, in any language, and from a page as text', () => {
    expect(explain(find(limitSamples, 'セッション')).serverSaid).toBe('セッションが多すぎます');
    expect(explain(find(limitSamples, 'session-limit-as-page')).serverSaid).toBe(
      'We are sorry... There are too many sessions',
    );
  });

  it('is not read into a 403 of another operation', () => {
    expect(explainReply(sampleReply(403, { error: 'There are too many sessions' }), 'refresh').fault).toBe(
      'permission',
    );
  });
});

describe('readError', () => {
  it.each([
    [
      { error: 'invalid_grant', error_description: 'x' },
      { error: 'invalid_grant', text: 'x' },
    ],
    [{ error: 'Realm does not exist' }, { error: 'Realm does not exist', text: 'Realm does not exist' }],
    [
      { error: 'a', error_description: 7 },
      { error: 'a', text: 'a' },
    ],
    [{ error: 7 }, {}],
    [{ error: '' }, {}],
    [{}, {}],
    [[], {}],
    [null, {}],
    [JSON.parse('{"__proto__":{"error":"x"}}') as unknown, {}],
  ])('reads %j as %j', (body, facts) => {
    expect(readError(sampleReply(400, JSON.stringify(body)))).toEqual(facts);
  });

  it('finds no error in a success', () => {
    expect(readError(sampleReply(200, { access_token: 'x' })).error).toBeUndefined();
    expect(readError(sampleReply(204, '')).error).toBeUndefined();
  });
});

it('every reply there can be has exactly one class, without throwing', () => {
  const names = new Set([...errors, ...commonErrors, unclassified].map(({ name }) => name));
  const known = fc.constantFrom(
    'invalid_grant',
    'invalid_request',
    'access_denied',
    'unknown_error',
    'Session not active',
  );
  const code = fc.oneof(fc.string({ unit: 'binary' }), known);
  const body = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.json(),
    fc.record({ error: code, error_description: fc.oneof(code, fc.jsonValue()) }).map((value) => JSON.stringify(value)),
  );
  const common = fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 429, 500, 503);
  const envelope = fc.record({
    status: fc.oneof(common, fc.integer(), fc.constant(null)),
    phase: fc.constantFrom('answered' as const, 'answered' as const, 'sent' as const, 'not-sent' as const),
    type: fc.string({ unit: 'binary' }),
  });
  const operation = fc.oneof(fc.constantFrom(...Object.keys(operations)), fc.string());
  fc.assert(
    fc.property(envelope, body, operation, ({ status, phase, type }, text, name) => {
      const failure = explainReply(sampleReply(status, text, { phase, headers: { 'content-type': type } }), name);
      expect(names.has(failure.code)).toBe(true);
      if (phase === 'not-sent') expect(failure.happened).toBe('no');
      if (phase === 'sent') expect(failure.happened).toBe('unknown');
    }),
    { numRuns: 500 },
  );
});
