import { isOnBoard, type JobView } from '../../revocation/job.ts';

/** The incident board with one job in view. Its id is random and tells nothing. */
export const boardHref = (job: string): string => `/incident?job=${encodeURIComponent(job)}`;

/** Where a job is followed: a rotation is where keys are. */
export const followHref = (job: JobView): string => (isOnBoard(job) ? boardHref(job.id) : '/keys');

/** A page where keys are found, for what is to join that job. */
export const addingHref = (page: '/keys' | '/check', job: string): string =>
  `${page}?incident=${encodeURIComponent(job)}`;
