/** A part of the program that is fetched when it is first needed. */
export interface Later<Part> {
  /** Fetches it; one that did not arrive is asked for again the next time. */
  load(): Promise<Part>;
  /** What has arrived; undefined before. */
  now(): Part | undefined;
}

export function later<Part>(fetchPart: () => Promise<Part>): Later<Part> {
  let arrived: Part | undefined;
  let coming: Promise<Part> | undefined;
  return {
    // Whoever asks while it is on its way gets the same one.
    load: async () => {
      if (arrived !== undefined) return arrived;
      coming ??= fetchPart().finally(() => (coming = undefined));
      return (arrived = await coming);
    },
    now: () => arrived,
  };
}

/** As Chromium, Firefox and Safari word it that a part of the program did not arrive. */
const NOT_FETCHED = /dynamically imported module|Importing a module script failed/;

/** The gateway, which has the parts, is away: no fault, and said by who asks it now and then. */
export const isNotFetched = (error: unknown): boolean => error instanceof TypeError && NOT_FETCHED.test(error.message);

/** Of a press whose part did not arrive. `not`: what did not happen because of it. */
export const partMissing = (not: 'sent' | 'copied') =>
  ({
    tone: 'bad',
    sentence: 'This page could not load its own part for this.',
    more: `Nothing was ${not}. Check that Keyward still runs, then try again.`,
  }) as const;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Fetches a part that is wanted until it arrives, ever more seldom. For `lazy` of React, which would keep a failure for
 * good and break the page around it.
 */
export async function patiently<Part>(fetchPart: () => Promise<Part>): Promise<Part> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await fetchPart();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
