import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import type { SlotCount } from '../console/slot-counter.ts';
import { viewOf } from '../sessions/record.ts';
import { slotMarks } from './slot-marks.tsx';

const here = (many: number, differs: Parameters<typeof sessionRecord>[0] = {}) =>
  Array.from({ length: many }, (_, at) => viewOf(sessionRecord({ id: String(at), holdsSlot: true, ...differs })));

/** `listed`: how many the server lists; null where it does not. */
function counted(listed: number | null, limit: SlotCount['limit'], differs: Partial<SlotCount> = {}): SlotCount {
  const sessions =
    listed === null ? null : Array.from({ length: listed }, (_, at) => ({ id: String(at), clients: [] }));
  const known: Partial<SlotCount> = { connection: 'acme', provider: 'toy', name: 'alice', person: null, refused: [] };
  return { ...known, limit, sessions, ...differs } as SlotCount; // no mark reads more of a count
}

function drawn(sessions: ReturnType<typeof here>, counts: readonly SlotCount[]): HTMLElement {
  const mark = slotMarks(sessions, counts).get('toy') ?? expect.fail('There is no mark.');
  render(mark);
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
