import { createClock } from './clock.ts';
import type { StandInClock } from './clock.ts';
import { createFaultQueue } from './faults.ts';
import { createLedger } from './ledger.ts';
import { serve } from './serve.ts';
import type { Behaviour } from './serve.ts';
import type { ConnectionEntry, RunningStandIn, StartOptions } from './stand-in.ts';

/** What a vendor's folder brings; everything else is the same for all. */
export interface StandInParts<Actions extends object> {
  readonly id: string;
  readonly demoPort: number;
  readonly basePath: string;
  build(clock: StandInClock): { behaviour: Behaviour; actions: Actions; reset(): void };
  connections(baseUrl: string): readonly ConnectionEntry[];
  readonly accounts: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export async function runStandIn<Actions extends object>(
  parts: StandInParts<Actions>,
  { port = 0, clockRate = 1 }: StartOptions = {},
): Promise<RunningStandIn<Actions>> {
  const clock = createClock(clockRate);
  const faults = createFaultQueue();
  const ledger = createLedger();
  const { behaviour, actions, reset } = parts.build(clock);
  const { url, close } = await serve(behaviour, { clock, faults, ledger }, port);
  const baseUrl = `${url}${parts.basePath}`;
  return {
    id: parts.id,
    url,
    baseUrl,
    connections: parts.connections(baseUrl),
    accounts: { provider: parts.id, lines: parts.accounts },
    env: parts.env,
    control: {
      ...actions,
      clock: (change) => clock.change(change ?? {}),
      fault: (fault) => faults.add(fault),
      clearFaults: () => faults.clear(),
      release: () => ({ released: faults.release() }),
      ledger: (filter) => ledger.entries(filter),
      spends: () => ledger.spends(),
      repeatedDeletes: () => ledger.repeatedDeletes(),
      clearLedger: () => ledger.clear(),
      reset() {
        clock.reset();
        faults.clear();
        ledger.clear();
        reset();
      },
    },
    close,
  };
}
