import { useQueries } from '@tanstack/react-query';
import { useCalls, useConnections, useServices } from '../../console/use-services.ts';
import { nameCall, type NamedCall } from './named-call.ts';
import { operationsQuery } from './queries.ts';

/** The last calls, newest first, with the names that a person knows. */
export function useNamedCalls(): readonly NamedCall[] {
  const { hands, registry } = useServices();
  const calls = useCalls();
  const connections = useConnections();
  const ids = registry.map(({ id }) => id).filter((id) => connections.some(({ provider }) => provider === id));
  const tables = useQueries({ queries: ids.map((id) => operationsQuery(hands, id)) });
  const names = {
    connections,
    providers: Object.fromEntries(registry.map(({ id, name }) => [id, name])),
    operations: Object.fromEntries(ids.map((id, at) => [id, tables[at]?.data])),
  };
  return calls.map((call) => nameCall(call, names));
}
