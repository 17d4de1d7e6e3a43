import type { DeskFailure } from '../../console/vault-desk.ts';
import { Band } from '../../ui/band.tsx';
import { failureWords } from './failure-words.ts';

interface FailureBandProps {
  readonly failure: DeskFailure | null;
  /** A reload forgets what is open. */
  readonly forgetful?: boolean;
}

/** Nothing while nothing failed. */
export function FailureBand({ failure, forgetful }: FailureBandProps) {
  if (failure === null) return null;
  const { title, next } = failureWords(failure, forgetful);
  return (
    <Band tone="bad" title={title} alerts>
      {next}
    </Band>
  );
}
