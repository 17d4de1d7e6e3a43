import type { DeskFailure } from '../../console/vault-desk.ts';
import { Band } from '../../ui/band.tsx';
import { failureWords } from './failure-words.ts';

/** Nothing while nothing failed. */
export function FailureBand({ failure }: { readonly failure: DeskFailure | null }) {
  if (failure === null) return null;
  const { title, next } = failureWords(failure);
  return (
    <Band tone="bad" title={title} alerts>
      {next}
    </Band>
  );
}
