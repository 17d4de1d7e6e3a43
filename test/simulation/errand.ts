/**
 * What a tab has done outside of itself. It happens a little later than it was asked for; if the tab is killed before,
 * a read is forgotten and a write happens or not, and if it is killed after, the answer reaches nobody.
 */
import type { Chance } from './chance.ts';
import type { Computer } from './computer.ts';

export interface Errand {
  /** Rejects with what `step` throws. */
  inside<Value>(kind: 'read' | 'write', step: () => Value): Promise<Value>;
  /** Runs in the tab: at once, when it is thawed, or never. */
  deliver(run: () => void): void;
  onEnd(run: () => void): void;
  readonly alive: boolean;
}

export interface TabErrand extends Errand {
  frozen: boolean;
  thaw(): void;
  end(): void;
}

const LATENCY_MAX_MS = 3;

export function createErrand(computer: Computer, chance: Chance): TabErrand {
  const ends: (() => void)[] = [];
  let held: (() => void)[] = [];
  let alive = true;

  const errand: TabErrand = {
    frozen: false,
    get alive() {
      return alive;
    },
    inside: (kind, step) =>
      new Promise((resolve, reject) => {
        computer.timers.set(
          () => {
            if (!alive && (kind === 'read' || chance.happens(0.5))) return;
            try {
              const value = step();
              errand.deliver(() => resolve(value));
            } catch (error) {
              errand.deliver(() => reject(error instanceof Error ? error : new Error('Not an error was thrown')));
            }
          },
          chance.between(0, LATENCY_MAX_MS),
        );
      }),
    deliver(run) {
      if (!alive) return;
      if (errand.frozen) held.push(run);
      else run();
    },
    onEnd: (run) => void ends.push(run),
    thaw() {
      errand.frozen = false;
      const came = held;
      held = [];
      for (const run of came) run();
    },
    end() {
      if (!alive) return;
      alive = false;
      held = [];
      for (const run of ends) run();
    },
  };
  return errand;
}
