import { useRef, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { FormSignIn, FormValues, Refused } from '../../providers/sign-in-way.ts';
import { listTargets, type Door } from '../../refresh/sign-in.ts';
import type { Listed } from './jobs.ts';
import { ownFault } from './sign-in-work.ts';

interface Listing {
  readonly running: boolean;
  /** Of the last try; null while one is under way and after a good one. */
  readonly failure: Refused | null;
  list(values: FormValues): void;
}

/** Reads what a credential opens that has been accepted before: at a press, once a press. Without a way it does nothing. */
export function useListing(
  door: Door & { readonly way: FormSignIn | undefined },
  onListed: (listed: Listed) => void,
): Listing {
  const { hands } = useServices();
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Refused | null>(null);
  const busy = useRef(false);
  return {
    running,
    failure,
    list(values) {
      const { way } = door;
      if (busy.current || !way) return;
      busy.current = true;
      setRunning(true);
      setFailure(null);
      listTargets(hands, { ...door, way, values })
        .then(
          (listed) => (listed.ok ? onListed({ ...listed.value, values }) : setFailure(listed.failure)),
          () => setFailure(ownFault),
        )
        .finally(() => {
          busy.current = false;
          setRunning(false);
        });
    },
  };
}
