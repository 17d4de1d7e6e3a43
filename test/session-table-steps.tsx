/** The table of sessions as a test draws, fills and presses it. */
import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { RenderCopy } from '../src/features/sessions/session-row.tsx';
import { SessionTable } from '../src/features/sessions/session-table.tsx';
import { useListedSessions } from '../src/features/sessions/use-listed-sessions.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { ConsoleHarness } from './console-harness.tsx';
import { sessionRecord } from './session-record.ts';

/** The page puts the real one there; here it only has to be found. */
const renderCopy: RenderCopy = ({ describedBy }) => (
  <button type="button" data-copy="" aria-describedby={describedBy}>
    Copy
  </button>
);

export function Sessions() {
  const listed = useListedSessions();
  return listed.length === 0 ? <p>none left</p> : <SessionTable listed={listed} renderCopy={renderCopy} />;
}

export const openOcp = (rig: ConsoleHarness): Promise<SessionRecord> =>
  rig.open(rig.connections.ocp, 'password', { username: 'alice', password: 'alice-demo-password' });

export const stored = (rig: ConsoleHarness, id: string): Promise<SessionRecord | undefined> =>
  rig.services.hands.repository.get(id);

/** A session of OCP that no server knows. */
export const ocpRecord = (rig: ConsoleHarness, differs: Partial<SessionRecord> = {}): SessionRecord => {
  const nowMs = rig.services.nowMs();
  return sessionRecord({
    provider: 'ocp',
    connection: rig.connections.ocp,
    baseUrl: rig.baseUrlOf(rig.connections.ocp),
    keepFresh: false,
    openedAtMs: nowMs,
    refreshedAtMs: nowMs,
    tokens: {
      accessToken: 'not-a-real-access-token',
      accessExpiry: { kind: 'relative', lifeMs: 300_000, anchorMs: nowMs },
      refreshToken: 'not-a-real-refresh-token',
      facts: [],
    },
    ...differs,
  });
};

export const row = async (name: string): Promise<HTMLElement> => {
  const cell = await screen.findByText(name);
  const found = cell.closest('tr');
  if (!found) throw new Error(`${name} stands in no row`);
  return found;
};

export const namesInOrder = (): readonly (string | undefined)[] =>
  [...document.querySelectorAll('tr[data-session]')].map((one) => /user\d+|alice/.exec(one.textContent)?.[0]);

export async function chooseFromMenu(person: UserEvent, label: RegExp, item: string): Promise<void> {
  await person.click(await screen.findByRole('button', { name: label }));
  await person.click(await screen.findByRole('menuitem', { name: new RegExp(`^${item}`), hidden: true }));
}
