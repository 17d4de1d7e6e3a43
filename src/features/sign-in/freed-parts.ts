import { later } from '../../lib/later.ts';

/** What is said, and when the pause ends, once something was done about a refusal at the limit; fetched with it. */
export const freedParts = later(() => import('./freed.tsx'));
