import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionRecord } from '../../../test/session-record.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { byOpening, keepPlaces, sortings, type Listed } from './order-sessions.ts';
import { search } from './search-sessions.ts';
import { sort } from './sort-sessions.ts';

const listed = (id: string, differs: Partial<SessionRecord> = {}, names: Partial<Listed> = {}): Listed => ({
  session: viewOf(sessionRecord({ id, ...differs })),
  providerName: 'OCP',
  connectionName: 'production',
  ...names,
});
const endsIn = (lifeMs: number): Partial<SessionRecord> => ({
  tokens: { accessToken: 'x', accessExpiry: { kind: 'relative', lifeMs, anchorMs: 0 }, facts: [] },
});
const ids = (all: readonly Listed[]): readonly string[] => all.map(({ session }) => session.id);
const noOffset = (): number => 0;

describe('sorting', () => {
  it('puts what needs a person first, then what ends first, and what nobody knows the end of last', () => {
    const unknown = { tokens: { accessToken: 'x', accessExpiry: { kind: 'unknown' }, facts: [] } } as const;
    const all = [
      listed('unknown', unknown),
      listed('late', endsIn(900)),
      listed('gone', { tokens: null }),
      listed('soon', endsIn(10)),
    ];
    expect(ids(sort(all, 'ends', noOffset))).toEqual(['gone', 'soon', 'late', 'unknown']);
  });

  it('reads an end by the server’s clock with that server’s offset', () => {
    const absolute = (serverMs: number) => ({
      tokens: { accessToken: 'x', accessExpiry: { kind: 'absolute', serverMs } as const, facts: [] },
    });
    const all = [
      listed('here', { ...absolute(1_000), connection: 'a' }),
      listed('ahead', { ...absolute(5_000), connection: 'b' }),
    ];
    expect(ids(sort(all, 'ends', (connection) => (connection === 'b' ? 4_500 : 0)))).toEqual(['ahead', 'here']);
  });

  it('orders names as a person would, and providers by their connections', () => {
    const named = (name: string) => listed(name, { identity: { name } });
    expect(ids(sort(['user10', 'Bob', 'user2', 'alice'].map(named), 'name', noOffset))).toEqual([
      'alice',
      'Bob',
      'user2',
      'user10',
    ]);
    const all = [
      listed('1', {}, { connectionName: 'staging' }),
      listed('2', {}, { providerName: 'ALM' }),
      listed('3', {}, { connectionName: 'production' }),
    ];
    expect(ids(sort(all, 'provider', noOffset))).toEqual(['2', '3', '1']);
  });

  it('keeps ties in the order of opening, whatever order they come in', () => {
    const some = fc.shuffledSubarray(
      ['a', 'b', 'c', 'd', 'e'].map((id, at) => listed(id, { openedAtMs: at < 3 ? at : 3 })),
      { minLength: 5 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom(...sortings), (all, sorting) => {
        expect(ids([...all].sort(byOpening))).toEqual(['a', 'b', 'c', 'd', 'e']);
        expect(ids(sort(all, sorting, noOffset))).toEqual(['a', 'b', 'c', 'd', 'e']);
      }),
    );
  });
});

describe('searching', () => {
  const all = [
    listed('1', { identity: { name: 'm.weber' } }),
    listed(
      '2',
      { identity: { name: 'k.sato' }, lineage: { way: 'key', label: 'Secret key', credential: 'c', kept: false } },
      { providerName: 'PrimaTime' },
    ),
    listed('3', { identity: { name: 'm.weber' } }, { connectionName: 'staging' }),
  ];

  it.each([
    ['', ['1', '2', '3']],
    ['   ', ['1', '2', '3']],
    ['WEBER', ['1', '3']],
    ['staging weber', ['3']],
    ['prima', ['2']],
    ['secret', ['2']],
    ['weber sato', []],
  ])('%j finds %j', (text, found) => {
    expect(ids(search(all, text))).toEqual(found);
  });
});

describe('keeping places', () => {
  it('moves no row that is still there, and puts new ones last', () => {
    const wanted = ['new', 'c', 'a', 'b'].map((id) => listed(id));
    expect(ids(keepPlaces(['a', 'gone', 'b', 'c'], wanted))).toEqual(['a', 'b', 'c', 'new']);
  });
});
