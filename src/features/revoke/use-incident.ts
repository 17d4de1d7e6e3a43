import { useSearchParams } from 'react-router';
import { useJobs } from '../../console/use-jobs.ts';
import { isOnBoard, type JobView } from '../../revocation/job.ts';

/** The open incident that the address names, which takes what is revoked here. */
export function useIncident(): JobView | undefined {
  const [search] = useSearchParams();
  const named = search.get('incident');
  return useJobs().find((job) => job.id === named && job.kind === 'revoke' && isOnBoard(job));
}
