import { act, render, screen } from '@testing-library/react';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { ServicesProvider } from '../../console/use-services.ts';
import { viewOf } from '../../sessions/record.ts';
import { LiveRegion } from '../../ui/live-region.tsx';
import { Notices } from '../../ui/notices.tsx';
import type { Note } from './action-words.ts';
import { restOf, useSessionNote } from './use-session-note.ts';

const session = viewOf(sessionRecord({ identity: { name: 'alice' } }));
const failed: Note = { tone: 'bad', sentence: 'The server failed.', more: 'Try again.' };

let console_: ConsoleHarness;
beforeAll(async () => {
  console_ = await startConsole({ vendors: [] });
});
afterAll(() => console_.close());

interface PlaceProps {
  readonly refreshes: number;
  readonly onTell: (tell: (said: Note) => void) => void;
}

function Place({ refreshes, onTell }: PlaceProps) {
  const { note, tell } = useSessionNote({ ...session, refreshes }, 'OCP');
  onTell(tell);
  return <p>here: {note?.sentence}</p>;
}

/** Draws a place for a note and hands back `tell`, which a call under way would hold. */
function drawPlace() {
  let told: (said: Note) => void = () => undefined;
  const page = (shown: boolean, refreshes = 0) => (
    <ServicesProvider value={console_.services}>
      <LiveRegion>
        <Notices>{shown && <Place refreshes={refreshes} onTell={(tell) => (told = tell)} />}</Notices>
      </LiveRegion>
    </ServicesProvider>
  );
  const { rerender } = render(page(true));
  return {
    tell: (said: Note) => act(() => told(said)),
    leave: () => rerender(page(false)),
    refreshed: (refreshes: number) => rerender(page(true, refreshes)),
  };
}

it('drops what was said of a token once another one has taken its place', () => {
  const { tell, refreshed } = drawPlace();
  refreshed(1);
  tell({ tone: 'bad', sentence: 'Dead: the server refuses this access token.', stays: true });
  expect(screen.getByText(/^here: Dead/)).toBeVisible();
  refreshed(2);
  expect(screen.getByText('here:')).toBeVisible();
});

it('says what went wrong at the session and aloud, and not as a notice', () => {
  drawPlace().tell(failed);
  expect(screen.getByText('here: The server failed.')).toBeVisible();
  expect(screen.getByRole('log')).toHaveTextContent('The server failed. alice, OCP. Try again.');
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('says it as a notice where the session has left the screen before the answer came', () => {
  const { tell, leave } = drawPlace();
  leave();
  tell(failed);
  expect(screen.getByRole('status')).toHaveTextContent('The server failed.');
  expect(screen.getByRole('status')).toHaveTextContent('alice, OCP. Try again.');
});

it('says as a notice what ends the session: no row is left for it', () => {
  drawPlace().tell({ tone: 'warn', sentence: 'Logged out alice, OCP', ends: true });
  expect(screen.getByRole('status')).toHaveTextContent('Logged out alice, OCP');
  expect(screen.getByText('here:')).toBeVisible();
});

it('leaves out the sentence that stands above it already', () => {
  expect(restOf(failed, 'The server failed. Asks again at 12:00:00.')).toBe('Try again.');
  expect(restOf(failed, 'Something else.')).toBe('The server failed. Try again.');
  expect(restOf(failed, null)).toBe('The server failed. Try again.');
});
