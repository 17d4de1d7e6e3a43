import { act, cleanup, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import type { SlotCount } from '../console/slot-counter.ts';
import { viewOf } from '../sessions/record.ts';
import { TimeProvider } from '../ui/use-time.ts';
import { slotMarks } from './slot-marks.tsx';

const NOW_MS = Date.parse('2026-11-22T10:43:23');
let nowMs = NOW_MS;
beforeEach(() => void (nowMs = NOW_MS));

const here = (many: number, differs: Parameters<typeof sessionRecord>[0] = {}) =>
  Array.from({ length: many }, (_, at) => viewOf(sessionRecord({ id: String(at), holdsSlot: true, ...differs })));

/** `listed`: how many the server lists; null where it does not. */
function counted(listed: number | null, limit: SlotCount['limit'], differs: Partial<SlotCount> = {}): SlotCount {
  const sessions =
    listed === null ? null : Array.from({ length: listed }, (_, at) => ({ id: String(at), clients: [] }));
  const asked = { asker: 'mine', failure: null, countedAtMs: listed === null ? null : NOW_MS - 10_000, overSince: 0 };
  const of = { connection: 'acme', provider: 'toy', name: 'alice', person: null };
  const known: Partial<SlotCount> = { ...of, ...asked, refused: [] };
  return { ...known, limit, sessions, ...differs } as SlotCount; // no mark reads more of a count
}

function drawn(sessions: ReturnType<typeof here>, counts: readonly SlotCount[]): HTMLElement {
  const mark = slotMarks(sessions, counts).get('toy') ?? expect.fail('There is no mark.');
  render(<TimeProvider nowMs={() => nowMs}>{mark}</TimeProvider>);
  return screen.getByTitle(/./);
}

it.each([
  [counted(3, 5), '3 / 5', '3 of 5 sessions of alice at the server'],
  [counted(4, 5), '4 / 5, one below the limit', '4 of 5 sessions of alice at the server'],
  [counted(3, 'none'), '3', '3 sessions of alice at the server, no limit set'],
  [counted(1, 'unknown'), '1', '1 session of alice at the server, limit unknown'],
])('shows what the server counted, with a limit or without: %#', (count, text, title) => {
  const mark = drawn(here(1), [count]);
  expect(mark).toHaveTextContent(new RegExp(`^${text}$`));
  expect(mark).toHaveAttribute('title', title);
});

it.each([
  [2, '≥ at least 2 / 5', 'At least 2 of 5 sessions of alice as far as this browser knows', false],
  [4, '≥ at least 4 / 5, one below the limit', 'At least 4 of 5 sessions of alice as far as this browser knows', true],
  [5, '5 / 5, at the limit', '5 of 5 sessions of alice as far as this browser knows', true],
])('counts those of this browser where the server lists none: %i', (many, text, title, warns) => {
  const others = here(3, { identity: { name: 'bob' } });
  const mark = drawn([...here(many), ...others], [counted(null, 5)]);
  expect(mark).toHaveTextContent(text);
  expect(mark).toHaveAttribute('title', title);
  expect(mark.className.includes('text-warn')).toBe(warns);
});

it('shows the fullest user, and nobody who was looked up', () => {
  const bob = counted(3, 5, { name: 'bob' });
  const found = counted(5, 5, { name: 'carol', person: { id: 'c', name: 'carol' } });
  expect(drawn(here(1), [counted(2, 5), bob, counted(90, 'none'), found])).toHaveTextContent('3 / 5');
});

const failure: NonNullable<SlotCount['failure']> = {
  ...{ code: 'down', happened: 'no', fault: 'provider', sentence: 'It is down.', next: 'Wait.', status: 503 },
};

it.each([
  ['the last question failed', { failure }],
  ['nobody can ask', { asker: null }],
])('says of when the count is where %s', (_, differs) => {
  const mark = drawn(here(1), [counted(4, 5, differs)]);
  expect(mark).toHaveTextContent(/^4 \/ 5 at 10:43, one below the limit$/);
  expect(mark).toHaveAttribute('title', '4 of 5 sessions of alice by the server’s count of 10:43:13');
});

it('says so as well once nobody has counted for a while', () => {
  const mark = drawn(here(1), [counted(2, 5)]);
  expect(mark).toHaveTextContent(/^2 \/ 5$/);
  nowMs += 51_000;
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  expect(mark).toHaveTextContent(/^2 \/ 5 at 10:43$/);
});

it('is not known where some of an old list are over: nobody counted what is left of it', () => {
  const over = counted(0, 5, { failure, overSince: 1 });
  const mark = drawn([], [over, counted(0, 5, { name: 'bob' })]);
  expect(mark).toHaveTextContent(/^\?not known \/ 5$/);
  const title = 'How many sessions of alice there are is not known: 1 at the server’s count of 10:43:13, 1 over since';
  expect(mark).toHaveAttribute('title', title);
});

it('is the known one of a user who is near the limit, whatever is not known of a fuller one', () => {
  const over = counted(4, 5, { failure, overSince: 1 });
  const mark = drawn([], [over, counted(4, 5, { name: 'bob' }), counted(3, 5, { name: 'carol' })]);
  expect(mark).toHaveTextContent(/^4 \/ 5, one below the limit$/);
  expect(mark).toHaveAttribute('title', '4 of 5 sessions of bob at the server');
  expect(mark).toHaveClass('text-warn');
});

it.each([
  ['a limit that is not near says more', counted(1, 5), counted(9, 'none', { name: 'bob' }), '1 / 5'],
  ['two that are near: the fuller one', counted(4, 5), counted(5, 5, { name: 'bob' }), '5 / 5, at the limit'],
  ['one that is near beside a high one', counted(1, 1), counted(40, 'none', { name: 'bob' }), '1 / 1, at the limit'],
])('shows of two users, in either order: %s', (_, one, other, text) => {
  for (const counts of [
    [one, other],
    [other, one],
  ]) {
    expect(drawn([], counts)).toHaveTextContent(new RegExp(`^${text}$`));
    cleanup();
  }
});

it('names the fullest provider first', () => {
  const full = counted(5, 5, { provider: 'other' });
  for (const counts of [
    [full, counted(3, 5), counted(90, 'none', { provider: 'third' })],
    [counted(90, 'none', { provider: 'third' }), counted(3, 5), full],
  ]) {
    expect([...slotMarks([], counts).keys()]).toEqual(['other', 'toy', 'third']);
  }
});

it('is not known where no list is had and nothing here is live', () => {
  expect(drawn([], [counted(null, 5)])).toHaveTextContent(/^\?not known \/ 5$/);
});
