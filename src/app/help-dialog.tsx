import { useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { singleKeys } from '../ui/single-keys.ts';
import { Switch } from '../ui/switch.tsx';
import { useShortcutList } from '../ui/use-shortcuts.ts';

/** What can be pressed on the page that lies under it. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const shortcuts = useShortcutList();
  const on = useSyncExternalStore(singleKeys.subscribe, singleKeys.read) === 'on';
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <dl className="grid gap-2">
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className="flex items-baseline justify-between gap-4">
            <dt>{label}</dt>
            <dd className="text-sm text-ink-3">
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single-key shortcuts"
        shown
        hint="Switch them off if you speak to your computer or press keys by mistake. They never work while you type."
        checked={on}
        onChange={(checked) => singleKeys.write(checked ? 'on' : 'off')}
      />
    </Dialog>
  );
}

function Keys({ keys }: { readonly keys: string }) {
  const [first = '', second] = keys.split(' ').map((key) => (key === '#' ? '1…9' : key));
  if (second === undefined) return <Kbd>{first}</Kbd>;
  return (
    <>
      <Kbd>{first}</Kbd> then <Kbd>{second}</Kbd>
    </>
  );
}
