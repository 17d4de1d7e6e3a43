import { useDeferredValue, useEffect, useState } from 'react';

const STEP = 25;
/** Drawn with the page; the others of the first step follow when it has time, a moment later. */
const AT_ONCE = 5;

interface Growing<Row> {
  readonly drawn: readonly Row[];
  /** How many are drawn, or will be in a moment without anybody's doing. */
  readonly shown: number;
  /** How many more the next press brings. */
  readonly next: number;
  /** Draws more, and leads the focus to the first of them. */
  more(): void;
  /** Whether there is such a row; if so it is drawn, and the focus led to it. */
  reveal(elementId: string): boolean;
}

/**
 * The first rows, and a way to have more: a thousand rows at once would hold the page up, and again at every beat. So would
 * all of the first ones in the same task as the rest of a page that opens.
 * `idOf`: of the element that a row is drawn as, which takes the focus.
 */
export function useGrowing<Row>(rows: readonly Row[], idOf: (row: Row) => string): Growing<Row> {
  const [most, setMost] = useState(STEP);
  const [wanted, setWanted] = useState<{ readonly id: string }>();
  const hasTime = useDeferredValue(true, false);
  useEffect(() => {
    if (wanted) document.getElementById(wanted.id)?.focus();
  }, [wanted]);
  const show = (at: number): void => {
    const row = rows[at];
    if (!row) return;
    if (at >= most) setMost(Math.ceil((at + 1) / STEP) * STEP);
    setWanted({ id: idOf(row) });
  };
  const now = hasTime || wanted ? most : AT_ONCE;
  return {
    drawn: rows.length <= now ? rows : rows.slice(0, now),
    shown: Math.min(most, rows.length),
    next: Math.max(0, Math.min(STEP, rows.length - most)),
    more: () => show(most),
    reveal(elementId) {
      const at = rows.findIndex((row) => idOf(row) === elementId);
      show(at);
      return at >= 0;
    },
  };
}
