import { useMemo, useState } from 'react';
import { useKeysFaces, type FaceWithKeys } from '../../console/use-jobs.ts';
import { useConnections, useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import { placesFor, plainest, recogniseAll, type Found } from '../../revocation/recognise-all.ts';

export interface Recognised {
  readonly found: readonly Found[];
  /** Every vendor has been asked. */
  readonly complete: boolean;
  /** What it is taken for; undefined while the person has to say. */
  readonly taken: Found | undefined;
  readonly face: FaceWithKeys | undefined;
  readonly fitting: readonly Connection[];
  readonly connection: Connection | undefined;
  choose(found: Found): void;
  chooseConnection(id: string): void;
}

/** What a text is taken for, and where it belongs, as far as both are plain or the person has said. */
export function useRecognised(text: string): Recognised {
  const { registry } = useServices();
  const connections = useConnections();
  const sessions = useSessions();
  const faces = useKeysFaces(registry.map(({ id }) => id));
  const [chosen, setChosen] = useState<{ readonly text: string; readonly found: Found } | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const found = useMemo(() => {
    const vendors = registry.flatMap(({ id }) => {
      const face = faces.get(id);
      return face ? [[id, face.keys] as const] : [];
    });
    return recogniseAll(vendors, text);
  }, [registry, faces, text]);
  const taken = chosen?.text === text ? chosen.found : plainest(found);
  const face = taken && faces.get(taken.provider);
  const signedIn = new Set(
    sessions
      .filter(({ tokens, ended, signInNeeded }) => tokens && !ended && !signInNeeded)
      .map((one) => one.connection),
  );
  const { fitting, plain } =
    taken && face ? placesFor(taken, face.keys, connections, signedIn) : { fitting: [], plain: undefined };
  return {
    ...{ found, taken, face, fitting },
    complete: registry.every(({ id }) => faces.has(id)),
    connection: fitting.find(({ id }) => id === at) ?? plain,
    choose: (one) => setChosen({ text, found: one }),
    chooseConnection: setAt,
  };
}
