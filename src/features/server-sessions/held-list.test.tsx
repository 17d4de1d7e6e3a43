import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { startConsole } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { end } from '../../sessions/ending-steps.ts';
import { giveUp } from '../../sessions/refresh-steps.ts';
import { HeldList } from './held-list.tsx';

const DAY_MS = 24 * 3_600_000;

it('keeps what its server named no end: with a press that frees it, or until somebody says that it is ended', async () => {
  const rig = await startConsole();
  const { nowMs, hands } = rig.services;
  const of = (id: string, name: string) => {
    const record = sessionRecord({ id, provider: 'ocp', connection: 'acme', identity: { name }, holdsSlot: true });
    const tokens = record.tokens && {
      ...record.tokens,
      refreshToken: 'r',
      refreshExpiry: { kind: 'unknown' as const },
    };
    return { ...record, tokens, openedAtMs: nowMs() - 30 * DAY_MS };
  };
  await rig.put(of('lost', 'alice'));
  await rig.put(of('gone', 'bob'));
  await hands.repository.change('lost', giveUp({ sinceMs: nowMs(), code: 'refused', sentence: 'It was refused.' }));
  await hands.repository.change('gone', end('forgotten', nowMs()));
  rig.draw(<HeldList connection="acme" />);
  expect(await screen.findByText(/^Of alice, opened .* is not known; can be freed from here\.$/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Free 1' })).toBeVisible();
  expect(await screen.findByText(/^Of bob, opened .* is not known; its tokens were dropped here/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /^It is ended: take the session of bob, opened / }));
  await waitFor(() => expect(screen.queryByText(/^Of bob/)).not.toBeInTheDocument());
  expect(screen.queryByRole('button', { name: /^It is ended/ })).not.toBeInTheDocument();
  expect(await hands.repository.get('lost')).toHaveProperty('leftover.refreshToken', 'r');
  await rig.close();
});
