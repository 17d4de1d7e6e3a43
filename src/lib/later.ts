/** A part of the program that is fetched when it is first needed. */
export interface Later<Part> {
  /** Fetches it; one that did not arrive is asked for again the next time. */
  load(): Promise<Part>;
  /** What has arrived; undefined before. */
  now(): Part | undefined;
}

export function later<Part>(fetchPart: () => Promise<Part>): Later<Part> {
  let arrived: Part | undefined;
  return {
    load: async () => (arrived ??= await fetchPart()),
    now: () => arrived,
  };
}
