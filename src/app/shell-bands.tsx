import { createElement } from 'react';
import { useHello, useKeeping, useOnline } from '../console/use-services.ts';
import { vaultBands } from '../features/unlock/unlock-parts.ts';
import { Band } from '../ui/band.tsx';
import { useLater } from '../ui/use-later.ts';

/** What concerns every page, above all of them. Each stays as long as it is true. */
export function ShellBands() {
  const { hello, failed } = useHello();
  const online = useOnline();
  const { trouble, outside, damaged } = useKeeping();
  const bands = useLater(vaultBands, (trouble ?? outside) !== null || damaged > 0);
  const faults = hello?.configurationFaults ?? [];
  const insecure = hello?.connections.filter((connection) => connection.insecure) ?? [];

  return (
    <>
      {bands && createElement(bands.VaultBands)}
      {!online && (
        <Band tone="warn" title="This browser is offline." alerts>
          Nothing is refreshed until it is back. What you press is still tried. Tokens that are still good can be
          copied.
        </Band>
      )}
      {online && failed && (
        <Band tone="bad" title="Keyward’s gateway does not answer." alerts>
          Nothing can be sent. Start it again with <code className="font-mono text-sm">npm start</code>; this page goes
          on by itself.
        </Band>
      )}
      {faults.length > 0 && (
        <Band tone="warn" title="The changed configuration file was not taken over. The connections are as before.">
          <ul className="list-disc pl-4">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </Band>
      )}
      {insecure.length > 0 && (
        <Band tone="warn" title={`Not encrypted: ${insecure.map(({ name }) => name).join(', ')}`}>
          Passwords and tokens travel readable to everybody on the way. The operator allowed it for this connection.
        </Band>
      )}
    </>
  );
}
