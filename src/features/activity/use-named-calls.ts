import { useCalls, useConnections, useFaces, useServices } from '../../console/use-services.ts';
import { nameCall, type NamedCall } from './named-call.ts';

/** The last calls, newest first, with the names that a person knows. */
export function useNamedCalls(): readonly NamedCall[] {
  const { registry } = useServices();
  const calls = useCalls();
  const connections = useConnections();
  const ids = registry.map(({ id }) => id).filter((id) => connections.some(({ provider }) => provider === id));
  const faces = useFaces(ids);
  const names = {
    connections,
    providers: Object.fromEntries(registry.map(({ id, name }) => [id, name])),
    operations: Object.fromEntries(ids.map((id) => [id, faces.get(id)?.operations])),
  };
  return calls.map((call) => nameCall(call, names));
}
