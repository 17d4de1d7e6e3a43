import { useMemo } from 'react';
import { useConnections, useFaces } from '../../console/use-services.ts';
import type { SessionView } from '../../sessions/record.ts';
import { shapeFactsOf, type ShapeFacts } from './shape-facts.ts';

/** Undefined until the provider's chunk has arrived, and where the gateway no longer knows the connection. */
export function useShapeFacts({ connection: id, provider, lineage: { way } }: SessionView): ShapeFacts | undefined {
  const connection = useConnections().find((one) => one.id === id);
  const face = useFaces([provider]).get(provider);
  return useMemo(
    () => (connection && face ? shapeFactsOf(face.sessionFace(way), connection) : undefined),
    [connection, face, way],
  );
}
