/** The incident board with one job in view. Its id is random and tells nothing. */
export const boardHref = (job: string): string => `/incident?job=${encodeURIComponent(job)}`;

/** A page where keys are found, for what is to join that job. */
export const addingHref = (page: '/keys' | '/check', job: string): string =>
  `${page}?incident=${encodeURIComponent(job)}`;
