import { ocp } from '../../providers/ocp/index.ts';
import type { Connection } from '../../http/envelope.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ProviderPage } from '../provider-page.tsx';

const SlotsPanel = lazyPart(async () => (await import('./slots-panel.tsx')).SlotsPanel);

/** OCP's IAM: sign in with user name and password, and see which of the limited sessions are held here. */
export function Page() {
  return (
    <ProviderPage
      provider={ocp}
      about={about}
      ahead={SlotsPanel}
      own={({ connection, sessions, session, choose }) => (
        <SlotsPanel sessions={sessions} rule={ocp.slots(connection)} chosen={session.id} onChoose={choose} />
      )}
    />
  );
}

function about(connection: Connection): readonly string[] {
  const { settings } = connection;
  const { limit } = ocp.slots(connection);
  return [
    `realm ${settings['realm'] ?? 'master'}`,
    `client ${settings['clientId'] ?? 'ocp'}`,
    limit === 'none' ? 'no session limit set' : `limit ${String(limit)} sessions`,
  ];
}
