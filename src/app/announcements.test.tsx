import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { Announcements } from './announcements.tsx';

let rig: ConsoleHarness;

beforeEach(async () => {
  rig = await startConsole({ vendors: ['ocp'] });
});
afterEach(() => rig.close());

it('a notice of a missing connection leaves the screen once the connection is named again', async () => {
  await rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });
  rig.draw(<Announcements />);
  await rig.operatorLists(() => []);
  const said = /^The operator’s file no longer names the connection OCP \(demo\)\./;
  expect(await screen.findByText(said)).toBeVisible();
  act(() => void rig.services.hands.announce('Something else.'));
  await rig.operatorLists((atStart) => atStart);
  await waitFor(() => expect(screen.queryByText(said)).not.toBeInTheDocument());
  expect(screen.getByText('Something else.')).toBeVisible();
  expect(screen.getByRole('status')).not.toHaveTextContent('more under this one');
});
