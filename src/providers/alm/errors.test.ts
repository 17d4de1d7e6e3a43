import { describe, expect, it } from 'vitest';
import { sampleReply } from '../../http/sample-reply.ts';
import { DEAD_KEY, errorObject, shapes } from './error-samples.ts';
import { explainReply, readError } from './errors.ts';

describe('errors of Perforce ALM', () => {
  it.each(shapes)('reads an error in each of the three bodies: %s', (shape) => {
    const reply = sampleReply(500, shape(errorObject(500, DEAD_KEY)));
    expect(readError(reply)).toEqual({ error: '500', text: DEAD_KEY });
    expect(explainReply(reply, 'tokenByKey').code).toBe('key-dead');
  });

  it('shows what the server said where a licence or a right is missing, for nothing else tells which', () => {
    const reply = sampleReply(403, errorObject(403, 'All licenses are in use.'));
    expect(explainReply(reply, 'tokenByKey')).toMatchObject({ serverSaid: 'All licenses are in use.' });
  });

  it.each([
    [{ retryafter: '17' }, 17_000],
    [{ 'retry-after': '5', retryafter: '17' }, 5_000],
    [{ retryafter: 'soon' }, undefined],
  ])('waits as long as the server asks, in its spelling too: %j', (headers, retryAfterMs) => {
    const reply = sampleReply(429, errorObject(429, 'Rate limit'), { headers });
    expect(explainReply(reply, 'tokenByKey').retryAfterMs).toBe(retryAfterMs);
  });

  it('does not take the parts of a partial success for its failure', () => {
    expect(readError(sampleReply(206, { issues: [], errors: [errorObject(404, 'No such field')] }))).not.toHaveProperty(
      'error',
    );
  });

  it('blames the key and the server alike where a 500 does not say which', () => {
    const { sentence, next } = explainReply(sampleReply(500, errorObject(500, 'Internal error')), 'projectsByKey');
    expect(sentence).toMatch(/ALM Server.*down.*deleted API key/s);
    expect(next).toMatch(/Settings/);
  });
});
