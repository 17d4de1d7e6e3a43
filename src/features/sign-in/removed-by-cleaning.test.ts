import { describe, expect, it } from 'vitest';
import type { FormField } from '../../providers/sign-in-way.ts';
import { removedByCleaning, removedSentence } from './removed-by-cleaning.ts';

const field = (name: string, label: string): FormField => ({
  name,
  label,
  autoComplete: 'off',
  kind: 'secret',
  required: true,
});
const fields = [field('user', 'User name'), field('key', 'Access key')];
const sentenceFor = (typed: string, sent: string): string | undefined =>
  removedSentence(removedByCleaning(fields, { key: typed }, { secret: sent }));

describe('what was taken off a pasted secret', () => {
  it.each([
    ['canary-key', 'canary-key', undefined],
    ['"canary-key"', 'canary-key', 'Taken off before sending: quotes (Access key).'],
    ['\u201Ccanary-key\u201D\n', 'canary-key', 'Taken off before sending: quotes and a line end (Access key).'],
    ['Bearer canary-key', 'canary-key', 'Taken off before sending: the word Bearer (Access key).'],
    ['ApiKey canary-key', 'canary-key', 'Taken off before sending: the word ApiKey (Access key).'],
    ['  canary-key\u00A0', 'canary-key', 'Taken off before sending: spaces (Access key).'],
    [
      "Bearer 'canary-key'\r\n",
      'canary-key',
      'Taken off before sending: the word Bearer, quotes and a line end (Access key).',
    ],
    ['canary-\nkey', 'canary-key', 'Taken off before sending: a line end (Access key).'],
    ['curl canary-key', 'canary-key', 'Taken off before sending: text around it (Access key).'],
  ])('%j sent as %j', (typed, sent, sentence) => {
    expect(sentenceFor(typed, sent)).toBe(sentence);
  });

  it('says nothing of a field that is not sent at all', () => {
    expect(removedByCleaning(fields, { key: 'canary-key' }, {})).toEqual([]);
  });

  it('compares a field with the parameter of its own name where there is one', () => {
    const removed = removedByCleaning(fields, { user: 'al', key: ' alice' }, { user: 'al', key: 'alice' });
    expect(removed).toEqual([{ label: 'Access key', what: ['spaces'] }]);
  });

  it('never repeats what was typed', () => {
    expect(
      JSON.stringify(removedByCleaning(fields, { key: '"canary-key" Bearer' }, { key: 'canary-key' })),
    ).not.toContain('canary');
  });
});
