/** Says that a menu opens below. Drawn, because a character would come from whatever font happens to have it. */
export function Caret() {
  return (
    <svg className="size-2 shrink-0" viewBox="0 0 8 8" aria-hidden="true">
      <path d="M0 2h8L4 7z" fill="currentColor" />
    </svg>
  );
}

/** Says that there is more. */
export function Dots() {
  return (
    <svg className="h-1 w-3 shrink-0" viewBox="0 0 12 4" aria-hidden="true">
      <path d="M0 1h2v2H0zm5 0h2v2H5zm5 0h2v2h-2z" fill="currentColor" />
    </svg>
  );
}
