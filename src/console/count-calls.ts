import type { Caller } from '../http/call.ts';

export interface CountedCaller extends Caller {
  /** Calls in flight that change something at a vendor: their answers must not be lost. */
  underWay(): number;
}

export function countCalls(caller: Caller): CountedCaller {
  let underWay = 0;
  return {
    ...caller,
    async call(request) {
      if (request.effect === 'read') return await caller.call(request);
      underWay += 1;
      try {
        return await caller.call(request);
      } finally {
        underWay -= 1;
      }
    },
    underWay: () => underWay,
  };
}
