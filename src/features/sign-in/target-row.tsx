import { memo, type ReactNode } from 'react';
import { useFailureNow } from '../../console/use-gateway-back.ts';
import type { Failure } from '../../http/failure.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Target } from '../../providers/sign-in-way.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import type { Standing } from './use-mint.ts';

interface TargetRowProps {
  readonly target: Target;
  /** How many of its tokens are open in this browser. */
  readonly open: number;
  readonly standing: Standing | undefined;
  readonly onMint: (target: Target) => void;
  /** Keep its identity between renders. */
  readonly renderCopy: ((sessionId: string) => ReactNode) | undefined;
}

/** One entry of the list. Its name is the vendor's, whatever stands in it, and shown as it is. */
export const TargetRow = memo(function TargetRow({ target, open, standing, onMint, renderCopy }: TargetRowProps) {
  return (
    <li className="target">
      <span className="min-w-0 flex-1 wrap-anywhere">
        {target.label} {open > 0 && <Badge>{open === 1 ? 'token open' : `${String(open)} tokens open`}</Badge>}
      </span>
      <Button
        size="small"
        busy={standing?.kind === 'running'}
        aria-label={`Get a token for ${target.label}`}
        onClick={() => onMint(target)}
      >
        {open > 0 ? 'Get another' : 'Get token'}
      </Button>
      {standing?.kind === 'minted' && renderCopy?.(standing.sessionId)}
      <span role="status" className="basis-full text-sm empty:hidden">
        {standing?.kind === 'minted' && (
          <span className="text-ok">Token minted, {formatClockTime(standing.atMs)}.</span>
        )}
        {standing?.kind === 'failed' && <Why failure={standing.failure} />}
      </span>
    </li>
  );
});

function Why({ failure: given }: { readonly failure: Failure }) {
  const { sentence, next, serverSaid, back } = useFailureNow(given);
  return (
    <span className={back ? 'text-ok' : 'text-bad'}>
      {sentence} <span className="text-ink-2">{next}</span>
      {serverSaid !== undefined && <span className="text-ink-2"> The server said: “{serverSaid}”</span>}
    </span>
  );
}
