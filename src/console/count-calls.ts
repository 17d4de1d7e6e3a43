import type { Call, Caller } from '../http/call.ts';

export interface CountedCaller extends Caller {
  /** Calls in flight that change something at a vendor: their answers must not be lost. */
  underWay(): number;
}

/** Counts the calls of everything that is made of it together. */
export function createCallCount() {
  let underWay = 0;
  return (caller: Caller, call: Call): CountedCaller => ({
    ...caller,
    async call(request) {
      if (request.effect === 'read') return await call(request);
      underWay += 1;
      try {
        return await call(request);
      } finally {
        underWay -= 1;
      }
    },
    underWay: () => underWay,
  });
}
