import { useFailureNow } from '../../console/use-gateway-back.ts';
import type { FormValues, Refused } from '../../providers/sign-in-way.ts';
import { Band } from '../../ui/band.tsx';
import { OfferedWay } from './offered-way.tsx';

interface ListingFailedProps {
  readonly failure: Refused | null;
  readonly onTake: (offered: FormValues) => void;
}

/** Why a list could not be read. Nothing where it was. */
export function ListingFailed({ failure, onTake }: ListingFailedProps) {
  return failure && <Why failure={failure} onTake={onTake} />;
}

function Why({ failure: given, onTake }: { readonly failure: Refused } & Pick<ListingFailedProps, 'onTake'>) {
  const failure = useFailureNow(given);
  return (
    <Band tone={failure.back ? 'ok' : 'bad'} title={failure.sentence} alerts>
      {failure.offer ? <OfferedWay offer={failure.offer} onTake={onTake} /> : failure.next}
    </Band>
  );
}
