/**
 * Makes a question of its own: while it asks, the browser asks before the page goes. Where several ask, each stops for
 * itself alone. Nothing where there is no page.
 */
export function createLeavingQuestion(): (asks: boolean) => void {
  const ask = (event: Event): void => event.preventDefault();
  return (asks) => {
    if (!('document' in globalThis)) return;
    if (asks) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  };
}
