import { useState, type FocusEvent } from 'react';
import { keepPlaces, type Listed } from './order-sessions.ts';

interface SteadyPlaces {
  readonly rows: readonly Listed[];
  /** To be spread on what surrounds the rows. */
  readonly watch: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
}

/** While somebody points at the rows or has the focus in one, they stay where they are. */
export function useSteadyPlaces(wanted: readonly Listed[]): SteadyPlaces {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [places, setPlaces] = useState<readonly string[]>([]);
  const rows = pointed || focused ? keepPlaces(places, wanted) : wanted;

  const keep = (): void => {
    if (!pointed && !focused) setPlaces(wanted.map(({ session }) => session.id));
  };
  return {
    rows,
    watch: {
      onPointerEnter() {
        keep();
        setPointed(true);
      },
      onPointerLeave: () => setPointed(false),
      onFocus() {
        keep();
        setFocused(true);
      },
      onBlur(event) {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      },
    },
  };
}
