import { useEffect, useRef, useState, type RefObject } from 'react';
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router';
import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Later } from '../../lib/later.ts';
import { useLater } from '../../ui/use-later.ts';
import { deskOf, openAt, type DeskState } from './sign-in-desk.ts';

export interface SignInPlace {
  readonly open: boolean;
  /** They are open, and what they are drawn with is here or comes with the page. */
  readonly drawn: boolean;
  /** False where nothing else stands on the page that one could go back to. */
  readonly canClose: boolean;
  /** For the element around the form: opening leads into it. */
  readonly place: RefObject<HTMLDivElement | null>;
  show(): void;
  close(): void;
}

/**
 * Whether a provider's page shows its ways in: while nothing is open at the connection, while there is an answer to read,
 * and when somebody asked, by the page's button or by a link that names the connection. `form`: what they are drawn with.
 */
export function useSignInPlace(connection: string, form: Later<object>): SignInPlace {
  const desk = deskOf(useServices(), connection);
  const busy = useStore(desk.state, hasNews);
  const held = useStore(desk.state, (state) => state.held > 0);
  const nothingOpen = openAt(useSessions(), connection).length === 0;
  const link = useLink();
  const place = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState(0);
  const [closed, setClosed] = useState<string | null>(null);
  const wanted = `${String(asked)} ${link ?? ''}`;
  const isWanted = (asked > 0 || link !== null || held) && closed !== wanted;
  const [first] = useState(wanted);
  // Where it stands open for want of a session, a closing of before no longer counts.
  if (nothingOpen && closed !== null) setClosed(null);

  const open = nothingOpen || busy || isWanted;
  // Opened with the page it comes with the page; later on nothing waits for it.
  const [withPage] = useState(open);
  const here = useLater(form, open) !== undefined;
  useEffect(() => {
    // The page itself has the focus where one has just come to it.
    if (here && wanted !== first) place.current?.querySelector<HTMLElement>('form input')?.focus();
  }, [here, wanted, first]);

  const wasOpen = useRef(open);
  useEffect(() => {
    // The button that closed it went with it, and the focus must not be thrown back to the top of the window.
    if (wasOpen.current && !open && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('h1')?.focus();
    }
    wasOpen.current = open;
  }, [open]);

  return {
    open,
    drawn: open && (here || withPage),
    canClose: !nothingOpen,
    place,
    show: () => setAsked((count) => count + 1),
    close: () => {
      setClosed(wanted);
      desk.dismiss();
    },
  };
}

/** Something is under way or waits to be read, which nobody closes by mistake. */
const hasNews = ({ running, doubts, outcome, news }: DeskState): boolean =>
  running || doubts.length > 0 || outcome !== null || news.length > 0;

/** The name of the step that led here, where it was a link to this connection: "Sign in" in a row or in the menu. */
function useLink(): string | null {
  const { key } = useLocation();
  const [search] = useSearchParams();
  return useNavigationType() === NavigationType.Push && search.has('connection') ? key : null;
}
