import { useConnections, useServices } from '../../console/use-services.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { inRegistryOrder } from './in-registry-order.ts';

/** Every connection of the operator's file with what the gateway can tell of its server. */
export function ConnectionList() {
  const { registry } = useServices();
  const connections = inRegistryOrder(registry, useConnections());
  if (connections.length === 0) {
    return (
      <Panel title="Connections">
        <EmptyState title="No connection is set up">
          They stand in the operator’s file, which this page cannot change. Compose the first one below and paste it
          there.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className="grid items-start gap-3.5 xl:grid-cols-2">
      {connections.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
    </div>
  );
}
