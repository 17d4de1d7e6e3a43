import { useState } from 'react';
import type { DeskFailure, VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import type { Result } from '../../lib/result.ts';

export interface DeskWork {
  readonly busy: boolean;
  readonly failure: DeskFailure | null;
  /** Does one thing at the vault at a time; true where it was done. */
  run(work: (desk: VaultDesk) => Promise<Result<unknown, DeskFailure>>): Promise<boolean>;
}

/** What a form of the vault is doing, and why it was not done. */
export function useDeskWork(vault: Later<VaultDesk>): DeskWork {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<DeskFailure | null>(null);
  return {
    busy,
    failure,
    async run(work) {
      if (busy) return false;
      setBusy(true);
      setFailure(null);
      try {
        const done = await work(await vault.load());
        if (!done.ok) setFailure(done.failure);
        return done.ok;
      } catch {
        // The part of the program, or the storage of this browser, did not come.
        setFailure('lost');
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
