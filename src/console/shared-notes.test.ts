import { beforeEach, expect, it, vi } from 'vitest';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import { createSharedNotes } from './shared-notes.ts';

const note: LeftSignIn = {
  ...{ id: 'a', revision: 0, connection: 'ocp', provider: 'ocp', baseUrl: 'https://iam.example', way: 'password' },
  ...{ nonce: 'a', boot: 'b', sentAtMs: 1, lostAtMs: null, untilMs: 2, opened: {} },
};

beforeEach(() => localStorage.clear());

it('is one store over all tabs, with the compare-and-set that the others have', async () => {
  const [one, other] = [createSharedNotes(localStorage), createSharedNotes(localStorage)];
  expect(await one.insert(note)).toBe(true);
  expect(await other.insert({ ...note, untilMs: 9 })).toBe(false);
  expect(await other.all()).toEqual([note]);
  expect(await other.replace({ ...note, revision: 1, lostAtMs: 5 }, 0)).toBe(true);
  expect(await one.replace({ ...note, revision: 1, untilMs: 7 }, 0)).toBe(false);
  expect(await one.get('a')).toEqual({ ...note, revision: 1, lostAtMs: 5 });
  await one.delete('a');
  expect(await other.all()).toEqual([]);
  expect(localStorage).toHaveLength(0);
});

it('hears what another tab writes, and nothing else of the storage', () => {
  const heard = vi.fn();
  const stop = createSharedNotes(localStorage).onChange(heard);
  const tell = (key: string) => window.dispatchEvent(new StorageEvent('storage', { key }));
  tell('keyward.left.a');
  tell('keyward.theme');
  expect(heard.mock.calls).toEqual([['a']]);
  stop();
  tell('keyward.left.a');
  expect(heard).toHaveBeenCalledTimes(1);
});

it('passes over what it has not written, clears only its own, and a full storage stops nobody', async () => {
  localStorage.setItem('keyward.left.odd', '{"id":7}');
  localStorage.setItem('keyward.theme', 'dark');
  const notes = createSharedNotes(localStorage);
  expect(await notes.all()).toEqual([]);
  notes.clear();
  expect(Object.keys(localStorage)).toEqual(['keyward.theme']);
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(await notes.insert(note)).toBe(true);
  full.mockRestore();
});
