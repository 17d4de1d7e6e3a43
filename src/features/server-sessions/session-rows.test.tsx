import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TimeProvider } from '../../ui/use-time.ts';
import type { Seen } from './seen-sessions.ts';
import { SessionRows } from './session-rows.tsx';

const NOW_MS = Date.parse('2026-11-22T11:54:04');

it('says when it started and how long ago in one piece, which a card does not tear apart', () => {
  const seen: Seen = {
    ...{ id: 's1', mark: 'elsewhere', localId: null, browser: 'curl/7.88.1', address: null, clients: ['ocp'] },
    ...{ startedAtMs: NOW_MS - 5_000, lastUsedAtMs: NOW_MS - 5_000, freesAtMs: NOW_MS + 60_000 },
  };
  render(
    <TimeProvider nowMs={() => NOW_MS}>
      <SessionRows label="Sessions of alice" seen={[seen]} nowMs={NOW_MS} busy={false} />
    </TimeProvider>,
  );
  const row = screen.getAllByRole('row')[1] ?? expect.fail('There is no row.');
  const started = row.querySelector('[data-name="Started"]');
  expect(started).toHaveTextContent(/^11:53:59, 5 s ago$/);
  for (const fact of row.querySelectorAll('[data-card="fact"]')) expect(fact.childNodes).toHaveLength(1);
});
