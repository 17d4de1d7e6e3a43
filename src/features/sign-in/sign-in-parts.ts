import { later } from '../../lib/later.ts';

/**
 * What sends a sign-in, and every word that may answer it. Most who open the page have not pressed yet; nothing is sent
 * before all of it is here, because the gateway, which has it, may be away when the answer is due.
 */
export const signInParts = later(async () => {
  const [{ Said }, { DoubtBand }] = await Promise.all([
    import('./said.tsx'),
    import('./doubt-band.tsx'),
    import('../../refresh/sign-in.ts'),
    import('../../refresh/code-sign-in.ts'),
  ]);
  return { Said, DoubtBand };
});

/** Fetches it while the form is being filled in, with what the page needs once a session is open. */
export const fetchAhead = (ofPage: (() => Promise<unknown>) | undefined): Promise<unknown> =>
  Promise.all([signInParts.load(), ofPage?.()]);
