import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { NotFetched } from './not-fetched.tsx';

let console_: ConsoleHarness;

beforeEach(async () => {
  console_ = await startConsole({ vendors: ['ocp'] });
});
afterEach(() => console_.close());

it('blames the program, and the line first while the browser is offline', async () => {
  await console_.stopGateway();
  console_.draw(<NotFetched tries={0} onRetry={vi.fn()} />);
  const said = screen.getByRole('alert');
  expect(said).toHaveTextContent('Check that npm start still runs.');
  expect(said).not.toHaveTextContent('offline');

  console_.page.online = false;
  console_.page.poke();
  expect(said).toHaveTextContent(
    'This browser is offline. If the page stays away when the line is back, check that npm start still runs.',
  );
  console_.page.online = true;
  console_.page.poke();
  expect(said).toHaveTextContent('Check that npm start still runs.');
});
