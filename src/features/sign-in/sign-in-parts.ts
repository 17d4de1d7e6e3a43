import { later } from '../../lib/later.ts';
import { knownParts } from './known-parts.ts';
import type { Provider } from '../../providers/contract.ts';
import type { SignInWay } from '../../providers/sign-in-way.ts';

/**
 * What sends a sign-in, and every word that may answer it. Most who open the page have not pressed yet; nothing is sent
 * before all of it is here, because the gateway, which has it, may be away when the answer is due.
 */
export const signInParts = later(async () => {
  const [{ Said }, { DoubtBand }, { doubtsOf }] = await Promise.all([
    import('./said.tsx'),
    import('./doubt-band.tsx'),
    import('./doubts.ts'),
    import('../../refresh/sign-in.ts'),
  ]);
  return { Said, DoubtBand, doubtsOf };
});

/** What a refusal at a limit of sessions pauses. */
export const pauseParts = later(async () => {
  const [{ WhyPaused }, { sharePause }] = await Promise.all([import('./why-paused.tsx'), import('./shared-pause.ts')]);
  return { WhyPaused, sharePause };
});

/** What came by a visit to the vendor's page, beside another form; fetched with the visit. */
export const visitNews = later(() => import('./news-of-others.tsx'));

interface Ahead {
  readonly provider: Provider;
  readonly way: SignInWay;
  /** What the page needs once a session is open. */
  readonly ofPage: (() => Promise<unknown>) | undefined;
}

/** Fetches it while the form is being filled in, with what this way in takes beside. */
export function fetchAhead({ provider, way, ofPage }: Ahead): Promise<unknown> {
  const isCode = way.kind === 'code';
  return Promise.all([
    signInParts.load(),
    isCode && import('../../refresh/code-sign-in.ts'),
    (isCode || provider.slots) && import('../../console/slot-notes.ts'),
    // The first count begins with the session.
    provider.serverSessions && Promise.all([provider.serverSessions(), import('../../console/slot-counter.ts')]),
    provider.slots && knownParts.load(),
    ofPage?.(),
  ]);
}
