/** What a provider's page shows of a session: fetched while the form that opens it is filled in, or with the first one. */
import { useEffect, useState } from 'react';
import type { Provider } from '../providers/contract.ts';
import { lazyPart, type Fetchable } from '../ui/lazy-part.ts';

export const ThisSession = lazyPart(async () => (await import('./this-session.tsx')).ThisSession);
export const HowToUse = lazyPart(async () => (await import('./how-to-use.tsx')).HowToUse);
export const FreeSlot = lazyPart(async () => (await import('./free-slot.tsx')).FreeSlot);
export const SecretOnce = lazyPart(async () => (await import('./secret-once.tsx')).SecretOnce);
export const KeptCredentials = lazyPart(
  async () => (await import('../features/sign-in/kept-credentials.tsx')).KeptCredentials,
);

/** What the page of that vendor may show of a session, and what may answer a sign-in there. */
const partsOf = ({ signIn, slots }: Provider, own: Fetchable | undefined): readonly Fetchable[] => [
  ThisSession,
  HowToUse,
  SecretOnce,
  ...(own ? [own] : []),
  ...(slots ? [FreeSlot] : []),
  ...(signIn.some((way) => way.kind === 'form' && way.keeps) ? [KeptCredentials] : []),
];

/** All of it, with what this vendor alone has. Rejects where something did not arrive. */
export const fetchScene = (provider: Provider, own: Fetchable | undefined): Promise<unknown> =>
  Promise.all(partsOf(provider, own).map((part) => part.load()));

interface Wanted {
  readonly provider: Provider;
  readonly own: Fetchable | undefined;
  /** Something stands above the table. */
  readonly scene: boolean;
  readonly table: boolean;
}

/**
 * Whether what stands above the table of sessions, if anything is wanted there, may be drawn together with it: a table that
 * was there first would be pushed down by it. Never waits for what does not arrive, and never takes away what has been shown.
 */
export function useSceneAtOnce({ provider, own, scene, table }: Wanted): boolean {
  const [waited, setWaited] = useState(false);
  const [shown, setShown] = useState(false);
  const here = partsOf(provider, own).every((part) => part.arrived());
  useEffect(() => {
    if (!scene || here) return undefined;
    let left = false;
    const goOn = (): void => {
      if (!left) setWaited(true);
    };
    fetchScene(provider, own).then(goOn, goOn);
    return () => {
      left = true;
    };
  }, [provider, own, scene, here]);
  const atOnce = shown || waited || here || !scene;
  if (atOnce && table && !shown) setShown(true);
  return atOnce;
}
