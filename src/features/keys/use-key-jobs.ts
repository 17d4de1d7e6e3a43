import { useCallback, useSyncExternalStore } from 'react';
import type { JobDesk } from '../../console/job-desk.ts';
import { useServices } from '../../console/use-services.ts';
import type { JobView } from '../../revocation/job.ts';
import { useLater } from '../../ui/use-later.ts';

const none: readonly JobView[] = [];

/** The desk once it has arrived, and every job that is not closed, the newest first. */
export function useKeyJobs(): { readonly desk: JobDesk | undefined; readonly jobs: readonly JobView[] } {
  const desk = useLater(useServices().jobs, true);
  const subscribe = useCallback((changed: () => void) => desk?.state.subscribe(changed) ?? (() => undefined), [desk]);
  const jobs = useSyncExternalStore(subscribe, () => desk?.state.getState().jobs ?? none);
  return { desk, jobs };
}
