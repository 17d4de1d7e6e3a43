import type { ReactNode } from 'react';
import type { ShownOnce } from '../../providers/sign-in-way.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';

interface ShownOncePanelProps {
  readonly shown: readonly ShownOnce[];
  readonly renderSecret: (shown: ShownOnce) => ReactNode;
  readonly onClose: () => void;
}

/** Secrets that came along with a sign-in and are stored nowhere: gone with this panel. */
export function ShownOncePanel({ shown, renderSecret, onClose }: ShownOncePanelProps) {
  return (
    <Panel
      title="Shown once"
      actions={
        <Button size="small" aria-label="Close, and drop what is shown once" onClick={onClose}>
          Close
        </Button>
      }
    >
      <ul className="grid gap-3">
        {shown.map((one) => (
          <li key={one.label} className="grid gap-1">
            <span className="font-semibold">{one.label}</span>
            {renderSecret(one)}
            <span className="text-sm text-ink-3">{one.note}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
