import { useEffect, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { offerOf, type Offer } from '../../revocation/offer.ts';
import type { WantedThing } from '../../revocation/wanted.ts';

/** What can be done about each; `null` where its connection is gone. Undefined while it is found out. */
export function useOffers(wanted: readonly WantedThing[]): readonly (Offer | null)[] | undefined {
  const { hands } = useServices();
  const [offers, setOffers] = useState<readonly (Offer | null)[]>();
  // What was wanted when it was opened: a list that is drawn again must not choose anew under a finger.
  const [asked] = useState(wanted);
  useEffect(() => {
    let left = false;
    void Promise.all(asked.map((one) => offerOf(hands, one).catch(() => null))).then((found) => {
      if (!left) setOffers(found);
    });
    return () => {
      left = true;
    };
  }, [hands, asked]);
  return offers;
}
