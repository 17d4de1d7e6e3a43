import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readView, sortings, writeView, filters, mayStandInAddress, plainView, type KeyView } from './key-view.ts';
import { findKeys, sortKeys, unjudged } from './order-keys.ts';
import { sampleEntry } from './sample-entry.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1_000 * DAY_MS;
const names = (entries: readonly { readonly name: string }[]): readonly string[] => entries.map(({ name }) => name);
const used = (daysAgo: number) => ({ atMs: NOW_MS - daysAgo * DAY_MS, from: '192.0.2.1' });

describe('the order of keys', () => {
  const byUse = [
    sampleEntry({ id: '1', name: 'yesterday', lastUse: used(1) }),
    sampleEntry({ id: '2', name: 'not told', lastUse: 'not-reported' }),
    sampleEntry({ id: '3', name: 'never', lastUse: 'never' }),
    sampleEntry({ id: '4', name: 'long ago', lastUse: used(400) }),
  ];

  it('takes never for longer ago than any use, and what nobody reported for neither', () => {
    expect(names(sortKeys(byUse, { sorting: 'used', descending: false }))).toEqual([
      ...['never', 'long ago', 'yesterday', 'not told'],
    ]);
    expect(names(sortKeys(byUse, { sorting: 'used', descending: true }))).toEqual([
      ...['yesterday', 'long ago', 'never', 'not told'],
    ]);
  });

  it('takes no expiry for later than any, and what nobody reported for last either way', () => {
    const byEnd = [
      sampleEntry({ id: '1', name: 'no end', expiresAtMs: 'never' }),
      sampleEntry({ id: '2', name: 'not told', expiresAtMs: 'not-reported' }),
      sampleEntry({ id: '3', name: 'soon', expiresAtMs: NOW_MS + DAY_MS }),
    ];
    expect(names(sortKeys(byEnd, { sorting: 'expires', descending: false }))).toEqual(['soon', 'no end', 'not told']);
    expect(names(sortKeys(byEnd, { sorting: 'expires', descending: true }))).toEqual(['no end', 'soon', 'not told']);
  });

  it('counts in names, and keeps ties where they are, whatever order they came in', () => {
    const twins = [9, 10, 1].map((id) => sampleEntry({ id: String(id), name: `no. ${String(id)}` }));
    expect(names(sortKeys(twins, { sorting: 'name', descending: false }))).toEqual(['no. 1', 'no. 9', 'no. 10']);
    const pool = Array.from({ length: 12 }, (_, id) =>
      sampleEntry({ id: String(id), name: `twin ${String(id % 2)}`, lastUse: id % 3 === 0 ? 'never' : 'not-reported' }),
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray(pool, { minLength: pool.length }),
        fc.constantFrom(...sortings),
        fc.boolean(),
        (shuffled, sorting, descending) => {
          const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);
          expect(ids(sortKeys(shuffled, { sorting, descending }))).toEqual(
            ids(sortKeys(pool, { sorting, descending })),
          );
        },
      ),
    );
  });
});

describe('filters', () => {
  const all = [
    sampleEntry({ id: '1', name: 'soon', expiresAtMs: NOW_MS + 29 * DAY_MS, lastUse: used(2) }),
    sampleEntry({ id: '2', name: 'later', expiresAtMs: NOW_MS + 31 * DAY_MS, lastUse: used(91) }),
    sampleEntry({ id: '3', name: 'open', expiresAtMs: 'never', lastUse: 'never', createdAtMs: NOW_MS - 91 * DAY_MS }),
    sampleEntry({ id: '4', name: 'new', expiresAtMs: 'never', lastUse: 'never', createdAtMs: NOW_MS - DAY_MS }),
    sampleEntry({ id: '5', name: 'silent' }),
  ];
  const found = (view: Partial<KeyView>) => names(findKeys(all, { ...plainView, ...view }, NOW_MS));

  it('judge only by what was reported', () => {
    expect(found({ filter: 'expiring' })).toEqual(['soon']);
    expect(found({ filter: 'no-expiry' })).toEqual(['open', 'new']);
    expect(found({ filter: 'never-used' })).toEqual(['open', 'new']);
    expect(found({ filter: 'unused' })).toEqual(['later', 'open']);
    expect(filters.map((filter) => unjudged(all, filter))).toEqual([0, 1, 1, 1, 1]);
  });

  it('find each word anywhere: name, scope, owner, the address of the last use', () => {
    expect(found({ text: 'ADA soon' })).toEqual(['soon']);
    expect(found({ text: '192.0.2' })).toEqual(['soon', 'later']);
    expect(found({ text: 'read nothing-like-it' })).toEqual([]);
    expect(found({ connection: 'elsewhere' })).toEqual([]);
  });
});

describe('the address', () => {
  const view = fc.record<KeyView>({
    text: fc.string({ maxLength: 15 }),
    filter: fc.constantFrom(...filters),
    connection: fc.string({ maxLength: 20 }),
    sorting: fc.constantFrom(...sortings),
    descending: fc.boolean(),
  });

  it('gives back the view that it was made of', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(readView(new URLSearchParams(writeView(one).toString()))).toEqual(one);
      }),
    );
    expect(writeView(plainView).toString()).toBe('');
  });

  it('takes whatever somebody typed into it', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const read = readView(new URLSearchParams(query));
        expect(filters).toContain(read.filter);
        expect(sortings).toContain(read.sorting);
      }),
      { numRuns: 30 },
    );
    expect(readView(new URLSearchParams('show=constructor&sort=-toString'))).toEqual(plainView);
  });

  it('leaves what is not of the view, and takes away what the view no longer says', () => {
    const before = new URLSearchParams('incident=a&q=old&show=expiring');
    expect(writeView({ ...plainView, sorting: 'used' }, before).toString()).toBe('incident=a&sort=used');
  });

  it.each([
    'tlp-k1-26.0123456789abcdef0123456789abcdef',
    '00000000-0000-4000-8000-0000000005ec',
    'id0123456789:not-a-real-secret',
    'eyJhbGciOiJub25lIn0.eyJub3QiOiJhIHJlYWwgdG9rZW4ifQ.',
    'Authorization: Bearer not-a-real-token-at-all',
  ])('never holds what could be a secret: %s', (text) => {
    expect(mayStandInAddress(text)).toBe(false);
    expect(writeView({ ...plainView, text }).toString()).toBe('');
  });
});
