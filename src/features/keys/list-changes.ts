/** What jobs have done to lists of keys. Pure. */
import type { JobView, Mark } from '../../revocation/job.ts';

/** Something may be in a list that was not, or the other way round. */
export const isChange = ({ stage, says }: Pick<Mark, 'stage' | 'says'>): boolean =>
  (stage === 'create' && (says === 'made' || says === 'lost' || says === 'unknown')) ||
  stage === 'end' ||
  stage === 'again';

/** The latest such moment at a connection, on the hybrid clock; -Infinity where there was none. */
export const changedAtMs = (jobs: readonly JobView[], connection: string): number =>
  Math.max(
    ...jobs
      .flatMap(({ items }) => items)
      .filter((item) => item.connection === connection)
      .flatMap(({ marks }) => marks.filter(isChange).map(({ atMs }) => atMs)),
  );
