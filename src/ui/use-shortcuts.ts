import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { singleKeys } from './single-keys.ts';

export interface Shortcut {
  /**
   * One key, or two after each other with a space between: `?`, `c #`. `#` is any digit from 1 to 9. `Ctrl+k`: with Ctrl or
   * Cmd held, which works while one types as well.
   */
  readonly keys: string;
  /** What it does, for the list of shortcuts. */
  readonly label: string;
  /** `digit` is what was pressed for `#`, else 0. */
  readonly run: (digit: number) => void;
}

interface Registry {
  readonly all: () => readonly Shortcut[];
  readonly add: (shortcuts: readonly Shortcut[]) => () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const ShortcutsContext = createContext<Registry | null>(null);

/** A second key counts as one only if it comes within this time. */
const SECOND_KEY_MS = 1_500;

/** Listens for single keys, for every screen below it. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [registry] = useState(createRegistry);

  useEffect(() => {
    let first = '';
    let firstAtMs = 0;
    function onKeyDown(event: KeyboardEvent): void {
      const chord = event.ctrlKey || event.metaKey;
      if (event.defaultPrevented || event.altKey || event.repeat || document.querySelector('dialog[open]')) return;
      if (!chord && (event.key === 'Shift' || singleKeys.read() === 'off' || isBusyElsewhere(event.target))) return;
      const key = chord ? `Ctrl+${event.key}` : event.key;
      const pressed = first !== '' && event.timeStamp - firstAtMs < SECOND_KEY_MS ? `${first} ${key}` : key;
      const shortcut = registry.all().find(({ keys }) => matches(keys, pressed));
      const begins = registry.all().some(({ keys }) => keys.startsWith(`${event.key} `));
      first = !shortcut && begins ? event.key : '';
      firstAtMs = event.timeStamp;
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run(shortcut.keys.endsWith('#') ? Number(event.key) : 0);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [registry]);

  return createElement(ShortcutsContext, { value: registry }, children);
}

/** Adds shortcuts while the calling component is on the screen. Keep the list's identity between renders. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = useRegistry();
  useEffect(() => add(shortcuts), [add, shortcuts]);
}

/** What can be pressed right now. */
export function useShortcutList(): readonly Shortcut[] {
  const { subscribe, all } = useRegistry();
  return useSyncExternalStore(subscribe, all);
}

function useRegistry(): Registry {
  const registry = useContext(ShortcutsContext);
  if (!registry) throw new Error('Outside of ShortcutsProvider');
  return registry;
}

function createRegistry(): Registry {
  const listeners = new Set<() => void>();
  let lists: readonly (readonly Shortcut[])[] = [];
  let flat: readonly Shortcut[] = [];
  const set = (next: typeof lists): void => {
    lists = next;
    flat = lists.flat();
    for (const listener of listeners) listener();
  };
  return {
    all: () => flat,
    add(shortcuts) {
      set([...lists, shortcuts]);
      return () => set(lists.filter((list) => list !== shortcuts));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const matches = (keys: string, pressed: string): boolean =>
  keys === pressed || (keys.endsWith('#') && /[1-9]$/.test(pressed) && keys.slice(0, -1) === pressed.slice(0, -1));

/** Typing, or in a menu of its own. */
function isBusyElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role=menu]')) return true;
  return target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])');
}
