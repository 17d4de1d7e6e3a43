import { expect, it } from 'vitest';
import { selectRange, stillThere, toggle, toggleAll } from './select-keys.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const of = (...ids: readonly string[]) => new Set(ids);

it('turns one on and off', () => {
  expect(toggle(of('a'), 'b')).toEqual(of('a', 'b'));
  expect(toggle(of('a', 'b'), 'a')).toEqual(of('b'));
});

it('reaches from the last press to this one, in either direction', () => {
  expect(selectRange(of('b'), order, { anchor: 'b', to: 'd' })).toEqual(of('b', 'c', 'd'));
  expect(selectRange(of('d'), order, { anchor: 'd', to: 'a' })).toEqual(of('a', 'b', 'c', 'd'));
});

it('turns a whole reach off where its end was on', () => {
  expect(selectRange(of('a', 'b', 'c'), order, { anchor: 'a', to: 'c' })).toEqual(of());
});

it('turns one alone where the last press is not in sight any more', () => {
  expect(selectRange(of(), order, { anchor: 'gone', to: 'c' })).toEqual(of('c'));
  expect(selectRange(of(), order, { anchor: null, to: 'c' })).toEqual(of('c'));
});

it('turns all that are shown on, then off, and leaves what is not shown', () => {
  const all = toggleAll(of('x'), order);
  expect(all).toEqual(of('x', ...order));
  expect(toggleAll(all, order)).toEqual(of('x'));
});

it('forgets what is gone', () => {
  expect(stillThere(of('a', 'z'), of(...order))).toEqual(of('a'));
  const same = of('a');
  expect(stillThere(same, of(...order))).toBe(same);
});
