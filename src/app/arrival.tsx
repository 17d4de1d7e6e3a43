import { useEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/**
 * After a navigation inside the console: focus goes to the new page's heading, so that the keyboard continues there and a
 * screen reader says where one is. Stands beside the page inside its Suspense boundary, so it comes with the page.
 *
 * `cameTo`: the path that the visit began with. There the browser itself places the person.
 */
export function Arrival({ cameTo }: { readonly cameTo: string }) {
  const { pathname } = useLocation();
  const goesBack = useNavigationType() === NavigationType.Pop;

  const last = useRef<string>(null);

  useEffect(() => {
    // A link to the page that one is on leads into it, not to its heading.
    if (last.current === pathname) return;
    last.current = pathname;
    if (goesBack && pathname === cameTo) return;
    // Going back, the browser restores the place.
    if (!goesBack) window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [pathname, goesBack, cameTo]);

  return null;
}
