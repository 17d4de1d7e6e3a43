import { Suspense, useEffect, useState } from 'react';
import { useConnections, useServices } from '../../console/use-services.ts';
import { SignIn } from '../../features/sign-in/sign-in.tsx';
import type { Provider } from '../../providers/contract.ts';
import type { Item } from '../../revocation/job.ts';
import { FreeSlot, SecretOnce } from '../scene-parts.ts';
import { fetchUse } from '../use-fetch-ahead.ts';

/** The ways in of the connection at which an item waits for its person. */
export function SignInHere({ item }: { readonly item: Item }) {
  const { hands } = useServices();
  const connection = useConnections().find(({ id }) => id === item.connection);
  const [provider, setProvider] = useState<Provider | null>(null);
  useEffect(() => {
    hands.provider(item.provider).then(setProvider, () => undefined);
  }, [hands, item.provider]);
  if (!provider || !connection) return <p className="text-ink-2">Loading…</p>;
  return (
    <SignIn
      provider={provider}
      connection={connection}
      suggested={item.as?.way}
      ahead={fetchUse}
      onUse={() => undefined}
      renderFreeing={(refusal) => (
        <Suspense>
          <FreeSlot provider={provider} connection={connection} refusal={refusal} />
        </Suspense>
      )}
      renderSecret={({ label, secret }) => (
        <Suspense>
          <SecretOnce label={label} secret={secret} />
        </Suspense>
      )}
    />
  );
}
