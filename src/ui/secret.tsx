import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

interface SecretProps {
  /** What it is: "p4d ticket". */
  readonly label: string;
  readonly value: string;
  readonly onCopy: () => void;
}

/** The same length for every secret: how long one is says something about it. */
const MASK = '••••••••••••••••';
const REVEAL_MS = 10_000;

/** A secret in sight of its own copy button: masked, shown for ten seconds where somebody asks. */
export function Secret({ label, value, onCopy }: SecretProps) {
  const [revealed, setRevealed] = useState(false);
  useEffect(() => {
    if (!revealed) return undefined;
    const timer = setTimeout(() => setRevealed(false), REVEAL_MS);
    return () => clearTimeout(timer);
  }, [revealed]);

  return (
    <div className="flex flex-wrap items-center gap-2">
      <code
        aria-label={revealed ? label : `${label}, hidden`}
        className="min-w-0 flex-1 basis-48 rounded border border-line bg-sunk px-2.5 py-1.25 font-mono text-sm wrap-anywhere"
      >
        {revealed ? value : MASK}
      </code>
      <span className="flex gap-2">
        <Button
          size="small"
          aria-pressed={revealed}
          aria-label={`Reveal ${label}`}
          title={revealed ? undefined : 'Shows it for ten seconds'}
          onClick={() => setRevealed(!revealed)}
        >
          {revealed ? 'Hide' : 'Reveal'}
        </Button>
        <Button size="small" aria-label={`Copy ${label}`} onClick={onCopy}>
          Copy
        </Button>
      </span>
    </div>
  );
}
