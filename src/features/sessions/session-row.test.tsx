import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { sessionRecord } from '../../../test/session-record.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { SessionRow } from './session-row.tsx';

let rig: ConsoleHarness;

beforeEach(async () => {
  rig = await startConsole();
});
afterEach(async () => {
  await rig.close();
});

const withRefreshToken = { accessToken: 'not-a-real-token', refreshToken: 'not-a-real-one', facts: [] } as const;
const withoutRefreshToken = { accessToken: 'not-a-real-token', facts: [] } as const;

const lineage = (way: string) => ({ way, label: `Key of ${way}`, credential: 'c', kept: false });

/** A row before the code of any vendor has arrived. */
function drawRow(tokens: typeof withRefreshToken | typeof withoutRefreshToken, differs: Partial<SessionRecord>): void {
  const session = viewOf(
    sessionRecord({
      ...differs,
      tokens: { ...tokens, accessExpiry: { kind: 'unknown' } },
      identity: { name: 'alice' },
    }),
  );
  rig.draw(
    <table>
      <tbody>
        <SessionRow
          session={session}
          providerName="Vendor"
          connectionName="Server"
          alike={false}
          rowIndex={undefined}
          provider={undefined}
          signInHref="/somewhere"
          renderCopy={() => null}
        />
      </tbody>
    </table>,
  );
}

const buttons = (): readonly (string | null)[] =>
  within(screen.getByRole('table'))
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label'));

it.each([
  ['ocp', 'password', withRefreshToken, 'Log out'],
  ['ocp', 'password', withoutRefreshToken, 'Forget'],
  ['primatime', 'secret-key', withRefreshToken, 'Forget'],
  ['tuleap', 'oauth2', withoutRefreshToken, 'Log out'],
  ['tuleap', 'access-key', withoutRefreshToken, 'Forget'],
  ['alm', 'api-key', withRefreshToken, 'Forget'],
  ['alm', 'no-such-way', withRefreshToken, 'Forget'],
] as const)('a row is whole without the vendor’s code: %s by %s', (provider, way, tokens, offered) => {
  drawRow(tokens, { provider, lineage: lineage(way) });
  expect(buttons()).toEqual([
    expect.stringMatching(new RegExp(`^${offered} alice, `)),
    expect.stringMatching(/^More for alice/),
  ]);
});

it.each([
  ['tuleap', 'access-key', /Key of access-key/],
  ['ocp', 'password', /^(?!.*Key of)/],
])('a row names the credential where there is more than one way in: %s', (provider, way, words) => {
  drawRow(withoutRefreshToken, { provider, lineage: lineage(way) });
  expect(screen.getByRole('table')).toHaveTextContent(words);
});
