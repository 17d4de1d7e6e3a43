import { describe, expect, it } from 'vitest';
import { placeBelow } from './place-below.ts';

const WINDOW = { width: 390, height: 844 };

/** jsdom lays nothing out, so the sizes are given. */
function place(popoverSize: { width: number; height: number }, anchorAt: DOMRectInit): string {
  const popover = document.createElement('div');
  const anchor = document.createElement('button');
  Object.defineProperties(popover, {
    offsetWidth: { value: popoverSize.width },
    offsetHeight: { value: popoverSize.height },
  });
  Object.defineProperties(document.documentElement, {
    clientWidth: { value: WINDOW.width, configurable: true },
    clientHeight: { value: WINDOW.height, configurable: true },
  });
  const { x = 0, y = 0, width = 0, height = 0 } = anchorAt;
  anchor.getBoundingClientRect = () => ({ left: x, top: y, right: x + width, bottom: y + height }) as DOMRect; // all that is read
  placeBelow(popover, anchor);
  return `${popover.style.left} ${popover.style.top}`;
}

describe('placeBelow', () => {
  it('lines up with the right edge of its button, just under it', () => {
    expect(place({ width: 200, height: 300 }, { x: 300, y: 100, width: 50, height: 30 })).toBe('150px 134px');
  });

  it('stays inside the window', () => {
    expect(place({ width: 200, height: 300 }, { x: 10, y: 100, width: 50, height: 30 })).toBe('8px 134px');
    expect(place({ width: 374, height: 300 }, { x: 340, y: 100, width: 50, height: 30 })).toBe('8px 134px');
  });

  it('opens upwards where there is room above only', () => {
    expect(place({ width: 200, height: 300 }, { x: 300, y: 700, width: 50, height: 30 })).toBe('150px 396px');
  });

  it('opens downwards where there is room nowhere', () => {
    expect(place({ width: 200, height: 800 }, { x: 300, y: 400, width: 50, height: 30 })).toBe('150px 434px');
  });
});
