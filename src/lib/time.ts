/**
 * When something ends, and how well we know it. All times are milliseconds.
 *
 * - `relative`: the server said how long, counted from the moment our request started, so no clock but ours matters.
 * - `absolute`: the server said when, by its own clock; read it with the measured offset of that server.
 * - `earliest`: it lives at least until then, by our clock.
 * - `never`: the server said that it has no end of its own.
 * - `unknown`: the server said nothing. That is not "never".
 */
export type Expiry =
  | { readonly kind: 'relative'; readonly lifeMs: number; readonly anchorMs: number }
  | { readonly kind: 'absolute'; readonly serverMs: number }
  | { readonly kind: 'earliest'; readonly atMs: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

/**
 * The moment on our clock, or undefined where there is none or nobody said.
 * `offsetMs` is server minus local, as measured for that server; it matters to `absolute` alone.
 */
export function endsAtMs(expiry: Expiry, offsetMs: number): number | undefined {
  switch (expiry.kind) {
    case 'relative':
      return expiry.anchorMs + expiry.lifeMs;
    case 'absolute':
      return expiry.serverMs - offsetMs;
    case 'earliest':
      return expiry.atMs;
    case 'never':
    case 'unknown':
      return undefined;
    default:
      return expiry satisfies never;
  }
}
