/**
 * One clock that runs faster than the machine's, the same in every program that is given the same `anchorMs` and `rate`:
 * a page (as an init script), a gateway (before it starts), a vendor's server (by its control).
 *
 * @typedef {{ readonly anchorMs: number, readonly rate: number }} FastClock `anchorMs`: when both clocks said the same,
 * milliseconds since 1970.
 */

/**
 * Replaces clocks and timers of the program that it runs in. Refers to nothing outside itself: a browser gets its text.
 *
 * @param {FastClock} clock
 */
export function runFast({ anchorMs, rate }) {
  const RealDate = Date;
  const after = setTimeout.bind(globalThis);
  const every = setInterval.bind(globalThis);
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const monotonicMs = performance.now.bind(performance);
  const nowMs = () => Math.floor(anchorMs + (RealDate.now() - anchorMs) * rate);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [nowMs()], made),
    get: (target, name) => (name === 'now' ? nowMs : Reflect.get(target, name)),
  });
  performance.now = () => monotonicMs() * rate;
  Object.assign(globalThis, {
    setTimeout: (run, delayMs = 0, ...rest) => after(run, delayMs / rate, ...rest),
    setInterval: (run, delayMs = 0, ...rest) => every(run, delayMs / rate, ...rest),
  });
  AbortSignal.timeout = (delayMs) => timeout(Math.ceil(delayMs / rate));
}

/**
 * What that clock says now, in a program whose own clock was left alone.
 *
 * @param {FastClock} clock
 */
export const fastNowMs = ({ anchorMs, rate }) => anchorMs + (Date.now() - anchorMs) * rate;
