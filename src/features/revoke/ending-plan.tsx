import type { Ending, Survivor } from '../../providers/ending.ts';
import { formatMoment } from '../../lib/format-time.ts';
import { useTime } from '../../ui/use-time.ts';
import { Band } from '../../ui/band.tsx';

interface EndingPlanProps {
  readonly ending: Ending;
  /** Server minus local time, milliseconds. */
  readonly offsetMs: number;
}

/** An ending written out before anything is sent: every call, what dies too, what survives. */
export function EndingPlan({ ending, offsetMs }: EndingPlanProps) {
  const { nowMs } = useTime();
  const steps = ending.steps.filter(({ asked }) => asked !== true);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <ol className="grid gap-1" aria-label="What is done, in this order">
        {steps.map((step, at) => (
          <li key={step.id} className="flex gap-2">
            <span className="w-4.5 shrink-0 text-ink-3 tabular-nums">{at + 1}</span>
            <span className="min-w-0 wrap-anywhere">
              {step.label}{' '}
              {step.kind === 'call' ? (
                <code className="font-mono text-sm text-ink-2">{step.sends}</code>
              ) : (
                <span className="text-ink-2">by you, step by step</span>
              )}
              {step.kind === 'call' && step.costs !== undefined && (
                <span className="block text-sm text-ink-3">{step.costs}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      <Sentences label="Dies with it" sentences={ending.dies} />
      <Sentences
        label="Survives"
        sentences={ending.survives.map((survivor) => survivorWords(survivor, nowMs(), offsetMs))}
      />
      {ending.unprovable !== undefined && (
        <Band tone="warn" title="This cannot be proven from here.">
          {ending.unprovable}
        </Band>
      )}
    </div>
  );
}

function Sentences({ label, sentences }: { readonly label: string; readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-x-3">
      <p className="min-w-32 text-ink-2">{label}</p>
      <ul className="grid min-w-0 flex-1 basis-48 gap-1 wrap-anywhere">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function survivorWords({ words, untilMs }: Survivor, nowMs: number, offsetMs: number): string {
  return typeof untilMs === 'number' ? `${words} (${formatMoment(untilMs - offsetMs, nowMs)})` : words;
}
