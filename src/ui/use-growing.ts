import { useEffect, useState } from 'react';

const STEP = 25;

interface Growing<Row> {
  readonly drawn: readonly Row[];
  /** How many more the next press brings. */
  readonly next: number;
  /** Draws more, and leads the focus to the first of them. */
  more(): void;
  /** Whether there is such a row; if so it is drawn, and the focus led to it. */
  reveal(elementId: string): boolean;
}

/**
 * The first rows, and a way to have more: a thousand rows at once would hold the page up, and again at every beat.
 * `idOf`: of the element that a row is drawn as, which takes the focus.
 */
export function useGrowing<Row>(rows: readonly Row[], idOf: (row: Row) => string): Growing<Row> {
  const [most, setMost] = useState(STEP);
  const [wanted, setWanted] = useState<{ readonly id: string }>();
  useEffect(() => {
    if (wanted) document.getElementById(wanted.id)?.focus();
  }, [wanted]);
  const show = (at: number): void => {
    const row = rows[at];
    if (!row) return;
    if (at >= most) setMost(Math.ceil((at + 1) / STEP) * STEP);
    setWanted({ id: idOf(row) });
  };
  return {
    drawn: rows.length <= most ? rows : rows.slice(0, most),
    next: Math.max(0, Math.min(STEP, rows.length - most)),
    more: () => show(most),
    reveal(elementId) {
      const at = rows.findIndex((row) => idOf(row) === elementId);
      show(at);
      return at >= 0;
    },
  };
}
