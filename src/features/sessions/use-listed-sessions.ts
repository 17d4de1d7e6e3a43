import { useMemo } from 'react';
import { useConnections, useServices, useSessions } from '../../console/use-services.ts';
import { markAlike, type Listed } from './order-sessions.ts';

/** Every session that is not over, with the names that are shown for it. */
export function useListedSessions(): readonly Listed[] {
  const { registry } = useServices();
  const sessions = useSessions();
  const connections = useConnections();
  return useMemo(() => {
    const providerNames = new Map<string, string>(registry.map(({ id, name }) => [id, name]));
    const connectionNames = new Map(connections.map(({ id, name }) => [id, name]));
    const listed = sessions
      .filter(({ ended, stored }) => !ended || stored)
      .map((session) => ({
        session,
        providerName: providerNames.get(session.provider) ?? session.provider,
        // The operator may have taken the connection out of the file while a session of it is open.
        connectionName: connectionNames.get(session.connection) ?? session.connection,
      }));
    return markAlike(listed);
  }, [sessions, connections, registry]);
}
