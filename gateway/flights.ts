/** Gives the place back. Harmless when repeated. */
export type Release = () => void;

export interface Flights {
  /**
   * Waits for a free place at one server, first come first served among those that can go. `busy`: too many wait
   * already, or `signal` ended the wait; nothing was taken then.
   */
  take(server: string, signal: AbortSignal): Promise<Release | 'busy'>;
  readonly inFlight: number;
}

interface Waiting {
  readonly server: string;
  go(): void;
}

/** Bounds the calls in flight, per server and in all. */
export function createFlights(bounds: {
  readonly perServerMax: number;
  readonly inFlightMax: number;
  readonly waitingMax: number;
}): Flights {
  const counts = new Map<string, number>();
  const queue: Waiting[] = [];
  let total = 0;

  const hasRoom = (server: string): boolean =>
    total < bounds.inFlightMax && (counts.get(server) ?? 0) < bounds.perServerMax;

  function occupy(server: string): Release {
    total += 1;
    counts.set(server, (counts.get(server) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      total -= 1;
      const left = (counts.get(server) ?? 1) - 1;
      if (left > 0) counts.set(server, left);
      else counts.delete(server);
      const next = queue.findIndex((waiting) => hasRoom(waiting.server));
      if (next >= 0) queue.splice(next, 1)[0]?.go();
    };
  }

  return {
    get inFlight() {
      return total;
    },
    take(server, signal) {
      if (signal.aborted) return Promise.resolve('busy');
      if (hasRoom(server)) return Promise.resolve(occupy(server));
      if (queue.length >= bounds.waitingMax) return Promise.resolve('busy');
      return new Promise((resolve) => {
        const waiting: Waiting = {
          server,
          go: () => {
            signal.removeEventListener('abort', leave);
            resolve(occupy(server));
          },
        };
        const leave = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          resolve('busy');
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiting);
      });
    },
  };
}
