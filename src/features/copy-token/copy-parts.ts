/** What copying needs only once somebody copies. */
import { later } from '../../lib/later.ts';

/** The token, refreshed where little is left, in its shape, and the words for what came of it. */
export const copying = later(async () => {
  const [{ textToCopy }, { copiedWords, notCopiedWords }] = await Promise.all([
    import('./text-to-copy.ts'),
    import('./copied-words.ts'),
  ]);
  return { textToCopy, copiedWords, notCopiedWords };
});

/** An example in any language. */
export const allShapes = later(() => import('./shapes.ts'));

/** For the line that says what the clipboard still holds. */
export const words = later(() => import('./clipboard-words.ts'));

/** For taking it out of the clipboard again. */
export const clearing = later(() => import('./clear-clipboard.ts'));

export const copyMenu = later(() => import('./copy-menu.tsx'));

/** The dialog for a browser that does not let us. */
export const byHand = later(() => import('./by-hand.tsx'));

/** Fetches all of it before anybody asks: the gateway, which has it, may be away by then, and a copied token needs no gateway. */
export const fetchAhead = (): Promise<unknown> =>
  Promise.all([copying, allShapes, words, clearing, copyMenu, byHand].map((part) => part.load()));
