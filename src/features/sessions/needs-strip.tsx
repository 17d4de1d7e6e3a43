import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router';
import { Link } from '../../ui/link.tsx';
import { useConnections, useServices } from '../../console/use-services.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { NeedCard } from '../../ui/need-card.tsx';
import { useTime } from '../../ui/use-time.ts';
import { needsOf, type Need } from './needs.ts';
import type { Listed } from './order-sessions.ts';
import { SESSION_PARAM } from './session-table.tsx';
import { signInHref } from './sign-in-href.ts';
import { steadyRead } from '../../lib/steady-read.ts';
import { useFaces } from '../../console/use-services.ts';

/** More would push the table out of sight; the rest is in the rows themselves. */
const SHOWN_MAX = 3;

/** What needs a person, with the next step beside it. Nothing where nothing does. */
export function NeedsStrip({ listed }: { readonly listed: readonly Listed[] }) {
  const { registry } = useServices();
  const needs = useNeeds(listed);
  if (needs.length === 0) return null;
  const hidden = needs.length - SHOWN_MAX;
  return (
    <section aria-label="What needs you" className="grid gap-2">
      <div className="grid [grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr))] gap-2.5">
        {needs.slice(0, SHOWN_MAX).map(({ key, tone, title, sentence, step }) => (
          <NeedCard
            key={key}
            tone={tone}
            title={title}
            action={
              <Step
                step={step}
                title={title}
                hrefOf={(provider, connection, way) => signInHref(registry, provider, connection, way)}
              />
            }
          >
            {sentence}
          </NeedCard>
        ))}
      </div>
      {hidden > 0 && <p className="text-ink-2">{hidden} more need you; their rows say why.</p>}
    </section>
  );
}

interface StepProps {
  readonly step: Need['step'];
  readonly title: string;
  readonly hrefOf: (provider: string, connection: string, way: string) => string;
}

function Step({ step, title, hrefOf }: StepProps) {
  const [, setParams] = useSearchParams();
  if (step.kind === 'sign-in') {
    return (
      <Link
        to={hrefOf(step.provider, step.connection, step.way)}
        className={buttonClass('secondary', 'small')}
        aria-label={title}
      >
        Sign in
      </Link>
    );
  }
  const { sessionId } = step;
  return (
    <Button
      size="small"
      aria-label={`Show the row: ${title}`}
      onClick={() =>
        setParams((params) => ({ ...Object.fromEntries(params), [SESSION_PARAM]: sessionId }), { replace: true })
      }
    >
      Show
    </Button>
  );
}

/** Reads the needs at every tick, and renders only where they say something else. */
function useNeeds(listed: readonly Listed[]): readonly Need[] {
  const { surroundings, slotCounts } = useServices();
  const connections = useConnections();
  const faces = useFaces(listed.map(({ session }) => session.provider));
  const { ticker } = useTime();
  const read = useMemo(
    () => steadyRead(() => needsOf(listed, connections, faces, surroundings(), slotCounts.getState())),
    [listed, connections, faces, surroundings, slotCounts],
  );
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}
