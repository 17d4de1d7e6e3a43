import { createElement } from 'react';
import { useHello, useSessionsRead } from '../../console/use-services.ts';
import { later } from '../../lib/later.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useLater } from '../../ui/use-later.ts';

/** Not needed by whoever has sessions. */
const firstSteps = later(() => import('./first-steps.tsx'));

/** Before the first sign-in: every connection with its next step. */
export function NoSessions() {
  const { hello, failed } = useHello();
  // Whose sessions are still being read may have some.
  const read = useSessionsRead();
  const part = useLater(firstSteps, read && hello !== undefined);
  if (!hello) return failed ? <NotKnown /> : <Waiting />;
  return part ? createElement(part.FirstSteps, { hello }) : <Waiting />;
}

function NotKnown() {
  return (
    <Panel flush>
      <EmptyState title="The connections are not known yet">
        They come from Keyward’s gateway, which does not answer. This page goes on by itself once it does.
      </EmptyState>
    </Panel>
  );
}

function Waiting() {
  return (
    <Panel title="No sessions yet" flush>
      <div aria-label="The connections are being read" aria-busy="true" role="status">
        {[14, 11].map((widthRem) => (
          <div key={widthRem} className="flex h-14 items-center border-t border-line px-3.5 first:border-t-0">
            <Skeleton widthRem={widthRem} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
