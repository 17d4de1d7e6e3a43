import type { VendorPage } from './sign-in-way.ts';

/** Numbered steps for a person, where no call of ours does it. */
export interface Guide {
  readonly title: string;
  readonly steps: readonly string[];
  /** The vendor's own page. */
  readonly page?: VendorPage;
  /** To copy into a terminal. */
  readonly command?: string;
  /** What proves that it was done, or why nothing can. */
  readonly proof?: string;
}
