import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { startConsole } from '../../../test/console-harness.tsx';
import { demo } from '../../../stand-ins/alm/world.ts';
import { RevokeSheet } from '../../features/revoke/revoke-sheet.tsx';
import { completeThing } from '../../revocation/create-item.ts';
import { Page } from './index.tsx';

const card = () => screen.findByRole('article');

it('a key that only its token can speak for: where the look fails a person is asked before deleting it, and it is looked at again', async () => {
  const console_ = await startConsole({ vendors: ['alm'] });
  const person = userEvent.setup({ delay: null });
  try {
    const [project] = console_.alm.projects();
    const target = { id: project?.uuid ?? '', label: project?.name ?? '' };
    const values = { apiKey: `${demo.keyId}:${demo.keySecret}` };
    const { id, lineage } = await console_.open('alm-demo', 'api-key', values, { target });
    const bare = { kind: 'api-key', id: demo.keyId, name: lineage.label, row: null, facts: {} };
    const thing = completeThing(bare, { minted: [id] });
    console_.alm.fault({ operation: 'issues', kind: 'reply', status: 503, body: '{}', times: 'always' });
    console_.draw(
      <>
        <RevokeSheet
          wanted={[{ provider: 'alm', connection: 'alm-demo', thing }]}
          onClose={() => undefined}
          onBegun={() => undefined}
        />
        <Page />
      </>,
    );
    await person.click(await screen.findByRole('button', { name: /^Revoke .*prove$/ }));
    const isAsked = (): boolean => screen.queryByText(/could not be read\. Revoke without it\?/) !== null;
    while (!isAsked()) {
      await waitFor(() => expect(isAsked() || screen.queryByText(/^Asks again in/) !== null).toBe(true));
      if (!isAsked()) await console_.pass(60_000);
    }
    expect(await card()).toHaveTextContent(
      /Nothing was ended\. Without evidence, no step here can prove its end, unless it is seen alive first/,
    );
    expect(screen.queryByRole('button', { name: /^I deleted it/ })).toBeNull();

    console_.alm.clearFaults();
    await person.click(within(await card()).getByRole('button', { name: /^Try again/ }));
    expect(await screen.findByRole('button', { name: /^I deleted it/ })).toBeVisible();
    expect(await card()).toHaveTextContent('200, ALM still knows the token');
  } finally {
    await console_.close();
  }
});
