import { createContext, useCallback, useContext, useRef, type ReactNode } from 'react';

type Announce = (sentence: string) => void;

const AnnounceContext = createContext<Announce | null>(null);

/** Long enough for a slow reader to have begun; after that the sentence is only in the way. */
const KEPT_MS = 10_000;

/** The one polite region of the page. Screens speak through it by `useAnnounce`, without a render. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const announce = useCallback<Announce>((sentence) => {
    const line = document.createElement('p');
    line.textContent = sentence;
    region.current?.append(line);
    setTimeout(() => {
      line.remove();
    }, KEPT_MS);
  }, []);

  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={region} className="sr-only" role="log" aria-live="polite" aria-label="Announcements" />
    </AnnounceContext>
  );
}

/** Says a sentence to a screen reader when it next falls silent. Visible news belongs to `useNotify`. */
export function useAnnounce(): Announce {
  const announce = useContext(AnnounceContext);
  if (!announce) throw new Error('Outside of LiveRegion');
  return announce;
}
