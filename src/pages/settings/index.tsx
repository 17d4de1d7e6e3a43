import { useState, useSyncExternalStore } from 'react';
import { chooseFreeAtStart, freesAtStart } from '../../console/free-at-start.ts';
import { Composer } from '../../features/connections/composer.tsx';
import { ConnectionList } from '../../features/connections/connection-list.tsx';
import { VaultSettings } from '../../features/unlock/vault-settings.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { singleKeys } from '../../ui/single-keys.ts';
import { Switch } from '../../ui/switch.tsx';
import { ThemeSwitch } from '../../ui/theme-switch.tsx';
import { WithQueries } from '../with-queries.tsx';

/** What is set up on this machine, what the gateway can tell of it, and how this browser shows it. */
export function Page() {
  return (
    <>
      <PageHeader title="Settings">
        Connections come from the operator’s file; how this browser shows them is chosen here.
      </PageHeader>
      <Appearance />
      <VaultSettings />
      <WithQueries>
        <ConnectionList />
        <Composer />
      </WithQueries>
    </>
  );
}

function Appearance() {
  const [frees, setFrees] = useState(freesAtStart);
  const keys = useSyncExternalStore(singleKeys.subscribe, singleKeys.read);
  return (
    <Panel title="This browser">
      <div className="flex flex-wrap items-start gap-x-12 gap-y-3.5">
        <div className="grid gap-1.5">
          <span className="font-semibold">Theme</span>
          <ThemeSwitch />
        </div>
        <Switch
          label="Single-key shortcuts"
          shown
          hint="Off while typing in any case. Switch them off where they get in the way of speech input."
          checked={keys === 'on'}
          onChange={(on) => singleKeys.write(on ? 'on' : 'off')}
        />
        <Switch
          label="Free slots by itself at the start"
          shown
          hint="Logs out, once sessions are unlocked, those that this browser opened and refreshes no more."
          checked={frees}
          onChange={(on) => {
            setFrees(on);
            chooseFreeAtStart(on);
          }}
        />
      </div>
    </Panel>
  );
}
