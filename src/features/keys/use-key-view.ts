import { useDeferredValue, useState } from 'react';
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router';
import { readView, writeView, type KeyView } from './key-view.ts';

export interface ViewInUse {
  readonly view: KeyView;
  /** The same a moment later, for what is slow: typing never waits for rows. */
  readonly drawn: KeyView;
  readonly show: (view: KeyView) => void;
}

/**
 * What is looked at, in the address but for a text that could be a secret, which lives as long as the page. The text that
 * is being typed is held here: the address follows a moment later, and a field drawn from it would lose what is typed fast.
 */
export function useKeyView(): ViewInUse {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState<string | null>(null);
  const { key } = useLocation();
  const isOwnChange = useNavigationType() === NavigationType.Replace;
  const [visit, setVisit] = useState(key);
  if (!isOwnChange && key !== visit) {
    // A link, or back and forward, led to another address of this page.
    setVisit(key);
    setTyped(null);
  }
  const written = readView(params);
  const view = { ...written, text: typed ?? written.text };
  return {
    view,
    drawn: useDeferredView(view),
    show(next) {
      setTyped(next.text);
      setParams((now) => writeView(next, now), { replace: true });
    },
  };
}

function useDeferredView(view: KeyView): KeyView {
  // By its text alone: an object is another one at every render.
  const text = useDeferredValue(view.text);
  return text === view.text ? view : { ...view, text };
}
