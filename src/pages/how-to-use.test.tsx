import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { useConnections, useSessions } from '../console/use-services.ts';
import type { Provider } from '../providers/contract.ts';
import { HowToUse } from './how-to-use.tsx';

let rig: ConsoleHarness;

beforeEach(async () => {
  rig = await startConsole({ vendors: ['primatime'] });
});
afterEach(() => rig.close());

function Example({ provider }: { readonly provider: Provider }) {
  const [connection] = useConnections();
  const [session] = useSessions();
  return connection && <HowToUse provider={provider} connection={connection} session={session} />;
}

it('shows the call of a session at the server that issued its token, whatever the connection names now', async () => {
  const { secretKey } = rig.primatime.addKey({ email: 'ada@acme.example' });
  const { baseUrl } = await rig.open(rig.connections.primatime, 'secret-key', { secretKey });
  await rig.operatorLists((all) => all.map((entry) => ({ ...entry, baseUrl: 'http://127.0.0.1:9/elsewhere' })));
  rig.draw(<Example provider={await rig.services.hands.provider('primatime')} />);
  expect(await screen.findByText(`${baseUrl}/users/@self`)).toBeVisible();
  expect(document.body).not.toHaveTextContent('127.0.0.1:9/');
});

it('shows the call at the server of the connection where no session is open', async () => {
  await rig.operatorLists((all) => all.map((entry) => ({ ...entry, baseUrl: 'http://127.0.0.1:9/elsewhere' })));
  rig.draw(<Example provider={await rig.services.hands.provider('primatime')} />);
  expect(await screen.findByText('http://127.0.0.1:9/elsewhere/users/@self')).toBeVisible();
});
