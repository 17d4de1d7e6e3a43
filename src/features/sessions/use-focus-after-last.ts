import { useEffect, useRef } from 'react';

/** The last row takes the whole table with it, and the focus that was in it; that goes to the heading instead of being lost. */
export function useFocusAfterLast(count: number): void {
  const before = useRef(count);
  useEffect(() => {
    const gone = before.current > 0 && count === 0;
    before.current = count;
    if (gone && document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
  }, [count]);
}
