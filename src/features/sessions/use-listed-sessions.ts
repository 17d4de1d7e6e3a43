import { useMemo } from 'react';
import { useConnectionNames, useServices, useSessions } from '../../console/use-services.ts';
import { markAlike, type Listed } from './order-sessions.ts';

/** Every session that is not over, with the names that are shown for it. */
export function useListedSessions(): readonly Listed[] {
  const { registry } = useServices();
  const sessions = useSessions();
  const connectionNames = useConnectionNames();
  return useMemo(() => {
    const providerNames = new Map<string, string>(registry.map(({ id, name }) => [id, name]));
    const listed = sessions
      .filter(({ ended, stored }) => !ended || stored)
      .map((session) => ({
        session,
        providerName: providerNames.get(session.provider) ?? session.provider,
        // The operator may have taken the connection out of the file while a session of it is open.
        connectionName: connectionNames.get(session.connection) ?? session.connection,
      }));
    return markAlike(listed);
  }, [sessions, connectionNames, registry]);
}
