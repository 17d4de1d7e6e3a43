import { useSearchParams } from 'react-router';
import { useConnections } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';

const NAME = 'connection';

export interface ConnectionChoice {
  /** Those of this provider, in the order of the operator's file. */
  readonly connections: readonly Connection[];
  /** The one in the URL, else the first. */
  readonly connection: Connection | undefined;
  pick(id: string): void;
}

/** Which of a provider's connections the page is about. Remembered in the URL, so that a reload and a link keep it. */
export function useConnectionChoice(provider: string): ConnectionChoice {
  const [search, setSearch] = useSearchParams();
  const connections = useConnections().filter((one) => one.provider === provider);
  const wanted = search.get(NAME);
  return {
    connections,
    connection: connections.find(({ id }) => id === wanted) ?? connections[0],
    pick: (id) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          next.set(NAME, id);
          return next;
        },
        { replace: true },
      );
    },
  };
}
