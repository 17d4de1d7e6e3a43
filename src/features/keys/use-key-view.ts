import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import { mayStandInAddress, readView, writeView, type KeyView } from './key-view.ts';

export interface ViewInUse {
  readonly view: KeyView;
  /** The same a moment later, for what is slow: typing never waits for rows. */
  readonly drawn: KeyView;
  readonly show: (view: KeyView) => void;
}

/** What is looked at, in the address but for a text that could be a secret, which lives as long as the page. */
export function useKeyView(): ViewInUse {
  const [params, setParams] = useSearchParams();
  const [unwritten, setUnwritten] = useState<string | null>(null);
  const written = readView(params);
  const view = { ...written, text: unwritten ?? written.text };
  return {
    view,
    drawn: useDeferredView(view),
    show(next) {
      setUnwritten(mayStandInAddress(next.text) ? null : next.text);
      setParams(writeView(next), { replace: true });
    },
  };
}

function useDeferredView(view: KeyView): KeyView {
  // By its text alone: an object is another one at every render.
  const text = useDeferredValue(view.text);
  return text === view.text ? view : { ...view, text };
}
