import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { buttonClass, type ButtonLook, type ButtonSize } from './button.tsx';
import { placeBelow } from './place-below.ts';

interface MenuProps {
  /** The button's name, and the menu's: "Copy the token of m.weber as". */
  readonly label: string;
  /** What the button shows. */
  readonly button: ReactNode;
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
  /** The button's visible words are its name; `label` names the menu alone. */
  readonly named?: boolean;
  /** Called only while the menu is open: two hundred closed menus cost nothing. Undefined where they did not arrive. */
  readonly items: () => ReactNode;
  /** Fetches what the items are made of, before the menu opens. */
  readonly arrive?: () => Promise<unknown>;
}

/** A button with a menu of actions, in a native popover: Escape and a click outside close it, focus returns to the button. */
export function Menu({ label, button, look, size, named = false, items, arrive }: MenuProps) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  /** Which opening it is; 0 while it is closed. */
  const [open, setOpen] = useState(0);
  /** Closed by the browser, which tells that only later: a press on the button may come before. */
  const gone = useRef(false);

  useLayoutEffect(() => {
    const [anchor, popover] = [opener.current, menu.current];
    if (!open || !anchor || !popover) return undefined;
    popover.showPopover();
    const place = (): void => placeBelow(popover, anchor);
    place();
    focusItem(popover, 0);
    const stop = new AbortController();
    window.addEventListener('scroll', place, { signal: stop.signal, capture: true, passive: true });
    window.addEventListener('resize', place, { signal: stop.signal });
    return () => {
      stop.abort();
      popover.hidePopover();
    };
  }, [open]);

  const isOpen = (): boolean => open > 0 && !gone.current;
  function close(): void {
    setOpen(0);
    opener.current?.focus();
  }
  function show(): void {
    const now = (): void => setOpen((before) => before + 1);
    if (arrive) arrive().then(now, now);
    else now();
  }
  function toggle(event: MouseEvent): void {
    // `popoverTarget` is there so that a press on the button is not taken for a click outside; opening is done here.
    event.preventDefault();
    if (isOpen()) setOpen(0);
    else show();
  }
  function followNative(event: { readonly newState: string }): void {
    if (event.newState !== 'closed' || !gone.current) return;
    setOpen(0);
    if (document.activeElement === document.body) opener.current?.focus();
  }

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={buttonClass(look, size)}
        aria-haspopup="menu"
        aria-expanded={open > 0}
        aria-label={named ? undefined : label}
        popoverTarget={id}
        onClick={toggle}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || isOpen()) return;
          event.preventDefault();
          show();
        }}
      >
        {button}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu"
        onBeforeToggle={(event) => {
          gone.current = event.newState === 'closed';
        }}
        onToggle={followNative}
        onKeyDown={(event) => {
          if (event.key === 'Tab') close();
          else moveFocus(event);
        }}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('[role=menuitem]')) close();
        }}
      >
        {open > 0 && (items() ?? notArrived)}
      </div>
    </>
  );
}

const notArrived = (
  <p className="px-2 py-1.5 text-ink-2">
    This menu could not be fetched. Check that Keyward still runs, then open it again.
  </p>
);

const itemsOf = (menu: Element): readonly HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)'),
];

/** Counts from the end where `at` is negative. */
function focusItem(menu: Element, at: number): void {
  (itemsOf(menu).at(at) ?? (menu as HTMLElement)).focus(); // the menu itself is a div
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget;
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item === document.activeElement);
  if (event.key === 'ArrowDown') focusItem(menu, (at + 1) % items.length);
  else if (event.key === 'ArrowUp') focusItem(menu, at <= 0 ? -1 : at - 1);
  else if (event.key === 'Home') focusItem(menu, 0);
  else if (event.key === 'End') focusItem(menu, -1);
  else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    after.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  } else return;
  event.preventDefault();
  // A letter that chooses an item must not also be a shortcut of the page.
  event.stopPropagation();
}
