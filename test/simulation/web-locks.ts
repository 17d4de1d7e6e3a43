/** The browser's lock manager, as far as the console asks it (Web Locks, LockManager.request). */
import type { Chance } from './chance.ts';
import type { Computer } from './computer.ts';
import type { Errand } from './errand.ts';

/** `excludes-nobody`: as where a lock was stolen, or a browser does not keep its promise. `never`: nobody ever gets one. */
export type LockTrouble = 'none' | 'excludes-nobody' | 'never';

export interface SimulatedLocks {
  trouble: LockTrouble;
  /** Every request for a lock, whatever came of it. */
  readonly asked: readonly { readonly errand: Errand; readonly name: string }[];
  openFor(errand: Errand): LockManager;
}

interface Claim {
  readonly errand: Errand;
  readonly grant: () => void;
}

export function createSimulatedLocks(computer: Computer, chance: Chance): SimulatedLocks {
  const holders = new Map<string, Claim>();
  const queues = new Map<string, Claim[]>();
  const asked: { errand: Errand; name: string }[] = [];

  const isFree = (name: string): boolean => locks.trouble === 'excludes-nobody' || !holders.has(name);

  function release(name: string, claim: Claim): void {
    if (holders.get(name) !== claim) return;
    holders.delete(name);
    const next = queues.get(name)?.shift();
    if (next) hold(name, next);
  }

  function hold(name: string, claim: Claim): void {
    holders.set(name, claim);
    claim.errand.onEnd(() => release(name, claim));
    computer.timers.set(() => claim.errand.deliver(claim.grant), chance.between(0, 2));
  }

  function request<Value>(
    errand: Errand,
    name: string,
    { ifAvailable = false, signal }: LockOptions,
    work: (lock: Lock | null) => Value | Promise<Value>,
  ): Promise<Value> {
    asked.push({ errand, name });
    return new Promise((resolve, reject) => {
      const run = (): void => {
        void Promise.resolve()
          .then(() => work({ name, mode: 'exclusive' }))
          .then(resolve, reject)
          .finally(() => release(name, claim));
      };
      const claim: Claim = { errand, grant: run };
      if (locks.trouble !== 'never' && isFree(name)) return hold(name, claim);
      if (ifAvailable) return void Promise.resolve(work(null)).then(resolve, reject);
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      queue.push(claim);
      const leave = (): void => {
        const place = queue.indexOf(claim);
        if (place < 0) return;
        queue.splice(place, 1);
        reject(signal?.reason as Error); // what the signal fired with is a DOMException
      };
      signal?.addEventListener('abort', leave);
      errand.onEnd(leave);
    });
  }

  const locks: SimulatedLocks = {
    trouble: 'none',
    asked,
    openFor: (errand) =>
      ({
        request: (name: string, options: LockOptions, work: (lock: Lock | null) => unknown) =>
          request(errand, name, options, work),
        query: () => Promise.resolve({}),
      }) as LockManager, // the console gives options always, so the shorter form is left out
  };
  return locks;
}
