import { useEffect, useState } from 'react';
import type { Listed } from './order-sessions.ts';
import { rowId } from './row-id.ts';

const STEP = 25;

interface Growing {
  readonly drawn: readonly Listed[];
  /** How many more the next press brings. */
  readonly next: number;
  /** Draws more, and leads the focus to the first of them. */
  more(): void;
  /** Whether there is such a row; if so it is drawn, and the focus led to it. */
  reveal(sessionId: string): boolean;
}

/** The first rows, and a way to have more: a thousand rows at once would hold the page up, and again at every beat. */
export function useGrowing(rows: readonly Listed[]): Growing {
  const [most, setMost] = useState(STEP);
  const [wanted, setWanted] = useState<{ readonly id: string }>();
  useEffect(() => {
    if (wanted) document.getElementById(rowId(wanted.id))?.focus();
  }, [wanted]);
  const show = (at: number): void => {
    const row = rows[at];
    if (!row) return;
    if (at >= most) setMost(Math.ceil((at + 1) / STEP) * STEP);
    setWanted({ id: row.session.id });
  };
  return {
    drawn: rows.length <= most ? rows : rows.slice(0, most),
    next: Math.max(0, Math.min(STEP, rows.length - most)),
    more: () => show(most),
    reveal(sessionId) {
      const at = rows.findIndex(({ session }) => session.id === sessionId);
      show(at);
      return at >= 0;
    },
  };
}
