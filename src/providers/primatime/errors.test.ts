import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonErrors, unclassified } from '../../http/common-errors.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { listedSamples, oddSamples, signInSamples } from './error-samples.ts';
import { errors, explainReply, readError } from './errors.ts';
import { operations } from './operations.ts';

describe('errors of PrimaTime', () => {
  it('refreshes after PE01-1010 alone: nothing else is cured by a new token, and would loop', () => {
    const cured = listedSamples.filter(({ reply, operation }) => explainReply(reply, operation).fault === 'access');
    expect(cured.map(({ reply }) => readError(reply).error)).toEqual(['PE01-1010']);
  });

  it('names the region that a redirect points to, and the setting that mends it', () => {
    const redirect = oddSamples.find(({ code }) => code === 'other-region-by-redirect');
    const failure = redirect && explainReply(redirect.reply, 'self');
    expect(failure?.sentence).toContain('https://acme.api.eu.primatime.com/v1/');
    expect(failure?.next).toContain('region');
  });

  it.each(['signIn', 'refresh', 'self'])(
    'says of a 503 without a body that it may be the limit of calls: %s',
    (operation) => {
      expect(explainReply(sampleReply(503, ''), operation).sentence).toMatch(
        /too many calls came from this network address/,
      );
    },
  );

  it('blames the application key too where a sign-in is refused', () => {
    for (const { reply, code } of signInSamples.filter(({ code: name }) => name.startsWith('sign-in-refused'))) {
      const { sentence, next } = explainReply(reply, 'signIn');
      expect(`${code} ${sentence} ${next}`).toMatch(/application key/);
    }
  });
});

describe('readError', () => {
  it('reads code and description whatever the case of the fields', () => {
    const body = { STATUS: 412, Code: 'PE01-1104', Message: 'm', Description: 'd', constraintViolation: [] };
    expect(readError(sampleReply(412, body))).toEqual({ error: 'PE01-1104', text: 'd' });
    expect(readError(sampleReply(412, { code: 'PE01-1104', message: 'm' }))).toEqual({ error: 'PE01-1104', text: 'm' });
  });

  it('does not take an object’s own code or status for an error', () => {
    expect(readError(sampleReply(200, { id: 'p', code: 'PROJECT-1', status: 3 }))).toEqual({});
    expect(readError(sampleReply(200, { id: 'p', status: 'active' }))).toEqual({});
    expect(readError(sampleReply(200, [{ status: 500 }]))).toEqual({});
    expect(readError(sampleReply(200, 'null'))).toEqual({});
  });

  it('reads the description out of XML', () => {
    const xml = '<error><code>PE01-1010</code><description>Token is invalid</description></error>';
    expect(readError(sampleReply(401, xml))).toEqual({ error: 'PE01-1010', text: 'Token is invalid' });
  });
});

it('every reply there can be has exactly one class, without throwing', () => {
  const names = new Set([...errors, ...commonErrors, unclassified].map(({ name }) => name));
  const code = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('PE01-1010', 'PE01-1011', 'PE01-1001', 'PE99-9999'),
  );
  const object = fc.record({ status: fc.oneof(fc.integer(), fc.jsonValue()), code, message: fc.jsonValue() });
  const body = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.json(),
    object.map((value) => JSON.stringify(value)),
    code.map((text) => `<code>${text}</code>`),
  );
  const common = fc.constantFrom(200, 204, 301, 302, 400, 401, 403, 404, 412, 500, 503);
  const status = fc.oneof(common, fc.integer(), fc.constant(null));
  const phase = fc.constantFrom('answered' as const, 'answered' as const, 'sent' as const, 'not-sent' as const);
  const operation = fc.oneof(fc.constantFrom(...Object.keys(operations)), fc.string());
  fc.assert(
    fc.property(status, body, phase, operation, (code_, text, phase_, name) => {
      const failure = explainReply(sampleReply(code_, text, { phase: phase_ }), name);
      expect(names.has(failure.code)).toBe(true);
      if (phase_ === 'not-sent') expect(failure.happened).toBe('no');
      if (phase_ === 'sent') expect(failure.happened).toBe('unknown');
    }),
    { numRuns: 500 },
  );
});
