import { Suspense, useState } from 'react';
import type { Connection } from '../http/envelope.ts';
import { Button } from '../ui/button.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { Panel } from '../ui/panel.tsx';

const KeysOfConnection = lazyPart(async () => (await import('./keys-panel.tsx')).KeysOfConnection);

/** Where the keys of the connection stand, once somebody asks: reading them is a call, and a part of the program. */
export function KeysPart({ connection }: { readonly connection: Connection }) {
  const [wanted, setWanted] = useState(false);
  const closed = (
    <Panel
      title="Keys"
      actions={
        <Button size="small" busy={wanted} onClick={() => setWanted(true)}>
          Show keys
        </Button>
      }
    >
      <p className="text-ink-2">When each ends, and when it was last used.</p>
    </Panel>
  );
  return wanted ? (
    <Suspense fallback={closed}>
      <KeysOfConnection connection={connection} />
    </Suspense>
  ) : (
    closed
  );
}
