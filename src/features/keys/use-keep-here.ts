import { useState } from 'react';
import type { JobDesk } from '../../console/job-desk.ts';
import { useKeysFaces } from '../../console/use-jobs.ts';
import { useConnections, useForgetful, useServices } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import type { Item } from '../../revocation/job.ts';

export interface KeepHere {
  /** Undefined where no way in takes such a key, or as long as that is not known. */
  readonly offer: { readonly label: string; readonly hint: string } | undefined;
  readonly ticked: boolean;
  readonly busy: boolean;
  readonly failure: Failure | null;
  tick(on: boolean): void;
  /** Signs in with the new key where that is ticked. False: it failed, and the key has to stay in sight. */
  carryOut(): Promise<boolean>;
}

const secretGone: Failure = {
  code: 'secret-gone',
  happened: 'no',
  fault: 'local',
  sentence: 'The new key is not here any more, so nothing was sent.',
  next: 'Revoke it, and create another one.',
  status: null,
};

/** A new key is kept by signing in with it, and only where a person asks for that. */
export function useKeepHere(desk: JobDesk, job: string, item: Item): KeepHere {
  const { hands } = useServices();
  const forgetful = useForgetful();
  const connection = useConnections().find(({ id }) => id === item.connection);
  const face = useKeysFaces([item.provider]).get(item.provider);
  const [ticked, setTicked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const opens = face?.keys.create?.opens;
  const way = face?.provider.signIn.find(({ id }) => id === opens?.way);
  const [shown] = item.shows;

  async function carryOut(): Promise<boolean> {
    if (!ticked) return true;
    if (!face || !connection || !opens || !shown || way?.kind !== 'form' || busy) return false;
    setBusy(true);
    setFailure(null);
    try {
      const secret = await desk.shown(job, item.id, shown.name);
      if (secret === undefined) {
        setFailure(secretGone);
        return false;
      }
      // Loaded with the first key that is kept.
      const { signIn } = await import('../../refresh/sign-in.ts');
      const values = opens.values(secret);
      const keep = way.keeps !== undefined;
      const done = await signIn(hands, { provider: face.provider, connection, way, values, keep });
      if (!done.ok) setFailure(done.failure);
      return done.ok;
    } finally {
      setBusy(false);
    }
  }

  const where = forgetful
    ? 'It stays in the memory of this page, until a reload.'
    : 'It stays in the vault, encrypted, until you log out or forget it.';
  return {
    offer:
      way?.kind === 'form' && connection && shown
        ? { label: 'Keep it here: sign in with it', hint: `${way.sends}. ${where}` }
        : undefined,
    ...{ ticked, busy, failure, carryOut },
    tick: setTicked,
  };
}
