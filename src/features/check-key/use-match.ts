import { useEffect, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../lib/result.ts';
import { fingerprintOf } from '../../providers/fingerprint.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import type { KeysFace } from '../../providers/keys-face.ts';
import { completeThing } from '../../revocation/create-item.ts';
import { offerOf, type Offer } from '../../revocation/offer.ts';
import type { Found } from '../../revocation/recognise-all.ts';
import type { WantedThing } from '../../revocation/wanted.ts';

interface ListedRow {
  readonly row: KeyRow;
  /** The session that listed it. */
  readonly by: string;
  /** On the hybrid clock. */
  readonly readAtMs: number;
}

/** What the sessions at hand may list at a connection. */
export type ListRows = (keys: KeysFace, connection: string) => Promise<Result<readonly ListedRow[], Failure>>;

export interface Match {
  /** Undefined while it is found out; null where the connection is gone. */
  readonly offer: Offer | null | undefined;
  /** Null before somebody asked for the lists. */
  readonly listed: readonly ListedRow[] | null;
  readonly failure: Failure | null;
  readonly looking: boolean;
  /** Asks the lists of the sessions at hand. The pasted text is not sent. */
  look(): Promise<void>;
}

/** The thing behind what was pasted, with the row of a list that has its id or its fingerprint. */
export function useMatch(
  found: Found,
  keys: KeysFace,
  { connection, listRows }: { readonly connection: Connection; readonly listRows: ListRows },
): Match {
  const { hands } = useServices();
  const [listed, setListed] = useState<readonly ListedRow[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [looking, setLooking] = useState(false);
  const [offer, setOffer] = useState<Offer | null>();
  useEffect(() => {
    let left = false;
    const find = async (): Promise<void> => {
      const wanted = await wantedOf(found, keys, connection.id, listed);
      const made = await offerOf(hands, wanted);
      if (!left) setOffer(made);
    };
    const again = (): void => void find().catch(() => (left ? undefined : setOffer(null)));
    again();
    // A session that came or went is another way to end it.
    const stop = hands.repository.onChange(again);
    return () => {
      left = true;
      stop();
    };
  }, [hands, found, keys, connection.id, listed]);
  return {
    ...{ offer, listed, failure, looking },
    async look() {
      if (looking) return;
      setLooking(true);
      setFailure(null);
      const rows = await listRows(keys, connection.id);
      setLooking(false);
      if (rows.ok) setListed(rows.value);
      else setFailure(rows.failure);
    },
  };
}

async function wantedOf(
  { provider, candidate }: Found,
  keys: KeysFace,
  connection: string,
  listed: readonly ListedRow[] | null,
): Promise<WantedThing> {
  const fingerprint = await fingerprintOf(candidate.secret);
  const match = listed?.find(
    ({ row }) =>
      row.kind === candidate.kind &&
      ((candidate.id !== null && row.id === candidate.id) || row.fingerprint === fingerprint),
  );
  return {
    ...{ provider, connection, secrets: candidate.secrets },
    thing: completeThing(keys.thingOf(candidate, match?.row ?? null), { fingerprint }),
    // Nobody at hand has it in a list, so nobody at hand owns it.
    ...(match ? { by: match.by, seenAtMs: match.readAtMs } : listed !== null && { by: null }),
  };
}
