import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Result } from '../../lib/result.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { FailureBand } from '../failure-band.tsx';
import { askTuleap, type Told } from './ask-tuleap.ts';
import { askingWords } from './asking-words.ts';

/** Anonymous and signed in look alike to a careless eye: this panel asks the server itself. */
export function TuleapSays({ session }: { readonly session: SessionView }) {
  const { hands, nowMs } = useServices();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ readonly atMs: number; readonly told: Result<Told, Failure> } | null>(null);

  async function ask(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const told = await askTuleap(hands, session);
    setAnswer({ atMs: nowMs(), told });
    setBusy(false);
  }

  return (
    <Panel
      title="What Tuleap says"
      {...(answer ? { note: `asked ${formatClockTime(answer.atMs)}` } : {})}
      actions={
        <Button size="small" busy={busy} disabled={session.tokens === null} onClick={() => void ask()}>
          {answer ? 'Ask again' : 'Ask Tuleap'}
        </Button>
      }
    >
      <div role="status" className="grid gap-3">
        {!answer && <p className="max-w-prose text-ink-2">{askingWords(session)}</p>}
        {answer?.told.ok && (
          <>
            <Band tone="ok" title={`Signed in as ${answer.told.value.name}, and not anonymous.`} />
            <FactList facts={answer.told.value.facts} />
            {answer.told.value.keyUnread && (
              <div className="grid gap-1.5">
                <p>What Tuleap knows of the access key could not be read.</p>
                <FailureBand failure={answer.told.value.keyUnread} />
              </div>
            )}
          </>
        )}
        {answer && !answer.told.ok && <FailureBand failure={answer.told.failure} />}
      </div>
    </Panel>
  );
}
