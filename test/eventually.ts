import { vi } from 'vitest';

/**
 * Tries until the check holds, with fake timers too. No test judges a length of time by it: the limit only ends what
 * hangs, on a machine that may be busy with much else.
 *
 * @throws what the check threw last, after 20 s.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000 });
}
