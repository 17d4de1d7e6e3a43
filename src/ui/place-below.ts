/** Pixels between the two, and between the popover and the window's edge. */
const GAP = 4;
const MARGIN = 8;

/**
 * Places an open popover under its anchor, their right edges in line; above where only there is room, and always inside
 * the window. Written through the style object, which a policy against style attributes allows.
 */
export function placeBelow(popover: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const { clientWidth: windowWidth, clientHeight: windowHeight } = document.documentElement;

  const left = Math.min(Math.max(at.right - width, MARGIN), Math.max(windowWidth - width - MARGIN, MARGIN));
  const below = at.bottom + GAP;
  const above = at.top - GAP - height;
  const top = below + height > windowHeight - MARGIN && above >= MARGIN ? above : below;
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}
