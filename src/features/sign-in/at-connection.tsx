import type { ReactNode } from 'react';
import { Link } from '../../ui/link.tsx';
import { useHello } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Manifest } from '../../providers/contract.ts';
import { Band } from '../../ui/band.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ConnectionPicker } from './connection-picker.tsx';
import { useConnectionChoice } from './use-connection-choice.ts';

interface AtConnectionProps {
  readonly provider: Manifest;
  /** False while something is not here that the page begins with. */
  readonly ready?: boolean;
  /** The page, once it is known which server it is about. */
  readonly children: (connection: Connection, picker: ReactNode) => ReactNode;
}

/** Finds the connection that a provider's page is about; says what to do where there is none. */
export function AtConnection({ provider, ready = true, children }: AtConnectionProps) {
  const { hello, failed } = useHello();
  const { connections, connection, pick } = useConnectionChoice(provider.id);

  if (connection && ready) {
    return children(connection, <ConnectionPicker connections={connections} value={connection.id} onPick={pick} />);
  }
  return (
    <>
      <PageHeader title={provider.name}>{provider.summary}</PageHeader>
      {hello && !connection ? (
        <NoConnection provider={provider} />
      ) : failed && !connection ? (
        <GatewayAway />
      ) : (
        <OnItsWay />
      )}
    </>
  );
}

function NoConnection({ provider }: { readonly provider: Manifest }) {
  const compose = `/settings?${new URLSearchParams({ provider: provider.id }).toString()}#new-connection`;
  return (
    <Panel>
      <EmptyState
        title={`No connection to ${provider.name} is set up`}
        action={
          <Link className={buttonClass('primary')} to={compose}>
            Compose a connection
          </Link>
        }
      >
        Connections stand in the operator’s file. Settings compose the entry to paste there; it is picked up while the
        program runs.
      </EmptyState>
    </Panel>
  );
}

function GatewayAway() {
  return (
    <Band tone="bad" title="The console’s own server does not answer.">
      Nothing can be sent until it does. Check that the program is still running; this page asks again every half
      minute.
    </Band>
  );
}

function OnItsWay() {
  return (
    <Panel>
      <span className="sr-only">Asking the gateway for its connections</span>
      <Skeleton widthRem={16} heightRem={10} />
    </Panel>
  );
}
