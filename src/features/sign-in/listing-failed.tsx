import type { FormValues, Refused } from '../../providers/sign-in-way.ts';
import { Band } from '../../ui/band.tsx';
import { OfferedWay } from './offered-way.tsx';

interface ListingFailedProps {
  readonly failure: Refused | null;
  readonly onTake: (offered: FormValues) => void;
}

/** Why a list could not be read. Nothing where it was. */
export function ListingFailed({ failure, onTake }: ListingFailedProps) {
  if (!failure) return null;
  return (
    <Band tone="bad" title={failure.sentence} alerts>
      {failure.offer ? <OfferedWay offer={failure.offer} onTake={onTake} /> : failure.next}
    </Band>
  );
}
