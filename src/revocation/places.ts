/** How many calls of jobs may be claimed at once. Where all calls of a browser share places, each call takes one of those as well. */
export interface CallPlaces {
  /** Runs `work` once there is room, in the order in which it was asked for room at this server. */
  run<Value>(server: string, perServerMax: number, work: () => Promise<Value>): Promise<Value>;
}

/** As many as a browser has places for calls: what is claimed here is not to stand in line for long. */
const IN_ALL_MAX = 4;
const PER_SERVER_MAX = 3;

/** Within this page. One tab at a time runs a job, so another tab adds nothing but what it does by itself. */
export function createPagePlaces(inAllMax = IN_ALL_MAX): CallPlaces {
  const busy = new Map<string, number>();
  let waiting: readonly { readonly server: string; readonly max: number; readonly enter: () => void }[] = [];
  let inAll = 0;

  function admit(): void {
    for (const one of waiting) {
      if (inAll >= inAllMax) return;
      const here = busy.get(one.server) ?? 0;
      if (here >= one.max) continue;
      waiting = waiting.filter((other) => other !== one);
      busy.set(one.server, here + 1);
      inAll += 1;
      one.enter();
    }
  }

  function leave(server: string): void {
    busy.set(server, (busy.get(server) ?? 1) - 1);
    inAll -= 1;
    admit();
  }

  return {
    async run(server, perServerMax, work) {
      const max = Math.max(1, Math.min(perServerMax, PER_SERVER_MAX));
      await new Promise<void>((enter) => {
        waiting = [...waiting, { server, max, enter }];
        admit();
      });
      try {
        return await work();
      } finally {
        leave(server);
      }
    },
  };
}
