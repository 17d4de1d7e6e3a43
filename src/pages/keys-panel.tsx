import { KeysPanel } from '../features/keys/keys-panel.tsx';
import type { Connection } from '../http/envelope.ts';
import { WithQueries } from './with-queries.tsx';

/** The keys of one connection, for the page of its provider. */
export function KeysOfConnection({ connection }: { readonly connection: Connection }) {
  return (
    <WithQueries>
      <KeysPanel connection={connection} />
    </WithQueries>
  );
}
