/**
 * What jsdom lacks and a component needs to be drawn at all. Nothing here imitates behaviour that a test could judge:
 * focus, Escape, inertness and light dismissal of dialogs and popovers are judged in a real browser only.
 */
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// No test judges a length of time: this only ends what hangs, on a machine that may be busy with much else.
configure({ asyncUtilTimeout: 20_000 });

// Testing Library advances fake timers only where it finds a global of this name; without it `findBy…` hangs under them.
Object.assign(globalThis, { jest: { advanceTimersByTime: vi.advanceTimersByTime.bind(vi) } });

addWhatIsMissing(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement): void {
    this.setAttribute('open', '');
  },
  show(this: HTMLDialogElement): void {
    this.setAttribute('open', '');
  },
  close(this: HTMLDialogElement, returnValue?: string): void {
    if (!this.hasAttribute('open')) return;
    if (returnValue !== undefined) this.returnValue = returnValue;
    this.removeAttribute('open');
    this.dispatchEvent(new Event('close'));
  },
});

addWhatIsMissing(HTMLElement.prototype, {
  showPopover(this: HTMLElement): void {
    this.setAttribute('data-popover-open', '');
  },
  hidePopover(this: HTMLElement): void {
    this.removeAttribute('data-popover-open');
  },
  togglePopover(this: HTMLElement): boolean {
    return this.toggleAttribute('data-popover-open');
  },
  scrollIntoView(): void {
    // Nothing is laid out here, so nothing can be scrolled to.
  },
});

addWhatIsMissing(window, {
  matchMedia: (media: string): MediaQueryList =>
    Object.assign(new EventTarget(), {
      media,
      matches: false,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    }),
});

afterEach(() => {
  cleanup();
  // What one page leaves in its browser holds for the next one there.
  localStorage.clear();
  vi.useRealTimers();
});

/** Leaves alone what jsdom has learnt in the meantime. */
function addWhatIsMissing(target: object, members: Record<string, unknown>): void {
  for (const [name, member] of Object.entries(members)) {
    if (typeof Reflect.get(target, name) === 'function') continue;
    Object.defineProperty(target, name, { value: member, configurable: true, writable: true });
  }
}
