import { useQuery } from '@tanstack/react-query';
import { useConnections, useServices } from '../../console/use-services.ts';
import type { SessionView } from '../../sessions/record.ts';
import { shapeFactsOf, type ShapeFacts } from './shape-facts.ts';

/** Undefined until the provider's chunk has arrived, and where the gateway no longer knows the connection. */
export function useShapeFacts({ connection: id, provider }: SessionView): ShapeFacts | undefined {
  const { hands } = useServices();
  const connection = useConnections().find((one) => one.id === id);
  const { data } = useQuery({
    queryKey: ['shape-facts', id, connection?.baseUrl],
    queryFn: async () => (connection ? shapeFactsOf(await hands.provider(provider), connection) : null),
    enabled: connection !== undefined,
    staleTime: Infinity,
  });
  return data ?? undefined;
}
