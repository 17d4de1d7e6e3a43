import { useCallback } from 'react';
import { useServices } from '../../console/use-services.ts';
import { ClipboardLine } from '../../features/copy-token/clipboard-line.tsx';
import { Keys } from '../../features/keys/keys.tsx';
import type { SecretSlot } from '../../features/keys/shown-once.tsx';
import { boardHref } from '../../features/revoke/board-href.ts';
import { IncidentTarget } from '../../features/revoke/incident-target.tsx';
import { RevokeSheet } from '../../features/revoke/revoke-sheet.tsx';
import { useIncident } from '../../features/revoke/use-incident.ts';
import { signInHref } from '../../features/sessions/sign-in-href.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { SecretOnce } from '../secret-once.tsx';
import { WithQueries } from '../with-queries.tsx';

/** Every key of every connection that lists its own, and what is done with them. */
export function Page() {
  const { registry } = useServices();
  const hrefOf = useCallback(
    (provider: string, connection: string) => signInHref(registry, provider, connection),
    [registry],
  );
  const incident = useIncident();
  return (
    <WithQueries>
      <IncidentTarget incident={incident} other={{ page: '/check', label: 'Paste a key instead' }} />
      <Keys
        signInHref={hrefOf}
        incidentHref={boardHref}
        renderSecret={renderSecret}
        renderRevoke={(wanted: readonly WantedThing[], onDone: () => void) => (
          <RevokeSheet wanted={wanted} into={incident} onClose={onDone} onBegun={onDone} />
        )}
      />
      <ClipboardLine />
    </WithQueries>
  );
}

const renderSecret = ({ label, secret, onCopied }: SecretSlot) => (
  <SecretOnce label={label} secret={secret} onCopied={onCopied} />
);
