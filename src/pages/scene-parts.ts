/** What a provider's page shows of a session: fetched while the form that opens it is filled in, or with the first one. */
import { useEffect, useState } from 'react';
import type { Provider } from '../providers/contract.ts';
import { lazyPart, type Fetchable } from '../ui/lazy-part.ts';

/** The ways in: with the page where nothing is open there, else when somebody asks. */
export const SignIn = lazyPart(async () => (await import('../features/sign-in/sign-in.tsx')).SignIn);
export const ThisSession = lazyPart(async () => (await import('./this-session.tsx')).ThisSession);
export const HowToUse = lazyPart(async () => (await import('./how-to-use.tsx')).HowToUse);
export const FreeSlot = lazyPart(async () => (await import('./free-slot.tsx')).FreeSlot);
export const KeysPart = lazyPart(async () => (await import('./keys-part.tsx')).KeysPart);
export const SecretOnce = lazyPart(async () => (await import('./secret-once.tsx')).SecretOnce);
export const KeptCredentials = lazyPart(
  async () => (await import('../features/sign-in/kept-credentials.tsx')).KeptCredentials,
);

/** What the page of that vendor shows of a session. */
const shownParts = (own: Fetchable | undefined, keepsCredentials: boolean): readonly Fetchable[] => [
  ThisSession,
  HowToUse,
  ...(own ? [own] : []),
  ...(keepsCredentials ? [KeptCredentials] : []),
];

/** What it may show of one, and what may answer a sign-in there. */
const partsOf = ({ signIn }: Provider, own: Fetchable | undefined): readonly Fetchable[] => [
  ...shownParts(
    own,
    signIn.some((way) => way.kind === 'form' && way.keeps),
  ),
  SecretOnce,
];

/** All of it, with what this vendor alone has. Rejects where something did not arrive. */
export const fetchScene = (provider: Provider, own: Fetchable | undefined): Promise<unknown> =>
  Promise.all(partsOf(provider, own).map((part) => part.load()));

interface Wanted {
  readonly own: Fetchable | undefined;
  /** A session stands above the table. */
  readonly session: boolean;
  /** Kept credentials do. */
  readonly credentials: boolean;
  readonly table: boolean;
}

/**
 * Whether what stands above the table of sessions, if anything is wanted there, may be drawn together with it: a table that
 * was there first would be pushed down by it. Never waits for what does not arrive, and never takes away what has been shown.
 */
export function useSceneAtOnce({ own, session, credentials, table }: Wanted): boolean {
  const scene = session || credentials;
  const [waited, setWaited] = useState(false);
  const [shown, setShown] = useState(false);
  const here = shownParts(own, credentials).every((part) => part.arrived());
  useEffect(() => {
    if (!scene || here) return undefined;
    let left = false;
    const goOn = (): void => {
      if (!left) setWaited(true);
    };
    Promise.all(shownParts(own, credentials).map((part) => part.load())).then(goOn, goOn);
    return () => {
      left = true;
    };
  }, [own, credentials, scene, here]);
  const atOnce = shown || waited || here || !scene;
  if (atOnce && table && !shown) setShown(true);
  return atOnce;
}
