import { useEffect, useState } from 'react';
import type { JobDesk } from '../../console/job-desk.ts';

/** The secret that an item shows once; undefined until it was read, null where it is not there any more. */
export function useShownSecret(desk: JobDesk, job: string, item: string, name: string): string | null | undefined {
  const [secret, setSecret] = useState<string | null>();
  useEffect(() => {
    let left = false;
    desk.shown(job, item, name).then(
      (found) => {
        if (!left) setSecret(found ?? null);
      },
      () => {
        if (!left) setSecret(null);
      },
    );
    return () => {
      left = true;
    };
  }, [desk, job, item, name]);
  return secret;
}
