import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { useServices } from '../../console/use-services.ts';
import { runningWith } from '../../revocation/same-thing.ts';
import type { KeyEntry } from './key-entry.ts';
import { placeOf } from './key-jobs.ts';

/** Leads to the job that has a key in hand: a rotation stands above the table, anything else among the incidents. */
export function useFollow(incidentHref: (job: string) => string): (entry: KeyEntry) => void {
  const navigate = useNavigate();
  const { jobs } = useServices();
  return useCallback(
    (entry) => {
      const running = runningWith(jobs.now()?.state.getState().jobs ?? [], placeOf(entry));
      if (!running) return;
      if (running.kind !== 'rotate') void navigate(incidentHref(running.id));
      else
        document
          .querySelector<HTMLElement>(`[data-job="${CSS.escape(running.id)}"]`)
          ?.scrollIntoView({ block: 'nearest' });
    },
    [navigate, jobs, incidentHref],
  );
}
