import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { patiently } from '../lib/later.ts';
import type { Provider } from '../providers/contract.ts';
import type { KeysFace } from '../providers/keys-face.ts';
import type { JobView } from '../revocation/job.ts';
import type { JobDesk } from './job-desk.ts';
import { useServices } from './use-services.ts';

const noneYet = createStore<{ readonly jobs: readonly JobView[] }>(() => ({ jobs: [] }));

/** The desk that keeps jobs, once it has been fetched. */
function useJobDesk(): JobDesk | undefined {
  const { jobs } = useServices();
  const [desk, setDesk] = useState(() => jobs.now());
  useEffect(() => {
    let left = false;
    void patiently(() => jobs.load()).then((arrived) => {
      if (!left) setDesk(arrived);
    });
    return () => {
      left = true;
    };
  }, [jobs]);
  return desk;
}

/** Every job that is stored, the newest first. */
export const useJobs = (): readonly JobView[] => useStore(useJobDesk()?.state ?? noneYet).jobs;

export interface FaceWithKeys {
  readonly provider: Provider;
  readonly keys: KeysFace;
}

/** What these vendors say of their keys, as far as it has been fetched; asked for again where it did not arrive. */
export function useKeysFaces(ids: readonly string[]): ReadonlyMap<string, FaceWithKeys> {
  const { hands } = useServices();
  const [faces, setFaces] = useState<ReadonlyMap<string, FaceWithKeys>>(new Map());
  const wanted = [...new Set(ids)].sort().join(' ');
  useEffect(() => {
    let left = false;
    for (const id of wanted.split(' ').filter((one) => one !== '')) {
      const load = async (): Promise<void> => {
        const provider = await hands.provider(id);
        const keys = await provider.keys?.();
        if (keys && !left) setFaces((before) => new Map(before).set(id, { provider, keys }));
      };
      load().catch(() => undefined);
    }
    return () => {
      left = true;
    };
  }, [hands, wanted]);
  return faces;
}
