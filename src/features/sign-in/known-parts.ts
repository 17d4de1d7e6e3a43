import { later } from '../../lib/later.ts';

/** What is known of a limited number of sessions, where somebody holds one. */
export const knownParts = later(() => import('./known-here.tsx'));
