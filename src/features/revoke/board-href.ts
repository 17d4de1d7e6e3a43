/** The incident board with one job in view. Its id is random and tells nothing. */
export const boardHref = (job: string): string => `/incident?job=${encodeURIComponent(job)}`;
