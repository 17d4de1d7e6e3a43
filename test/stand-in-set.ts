/** The vendors' servers of one test: those that it asks for, started together. */
import { standIn as alm } from '../stand-ins/alm/server.ts';
import { standIn as ocp } from '../stand-ins/ocp/server.ts';
import { standIn as p4oauth } from '../stand-ins/p4oauth/server.ts';
import { standIn as primatime } from '../stand-ins/primatime/server.ts';
import type { ConnectionEntry, RunningStandIn } from '../stand-ins/stand-in.ts';
import { standIn as tuleap } from '../stand-ins/tuleap/server.ts';

const standIns = { alm, ocp, p4oauth, primatime, tuleap };

export type StandInId = keyof typeof standIns;
type Running = { readonly [Id in StandInId]: Awaited<ReturnType<(typeof standIns)[Id]['start']>> };

/** What a test may do to each vendor's server. */
export type Controls = { readonly [Id in StandInId]: Running[Id]['control'] };

export interface StandInSet {
  readonly connections: readonly ConnectionEntry[];
  readonly env: Readonly<Record<string, string>>;
  /** Throws where it was not started. */
  the<Id extends StandInId>(id: Id): Running[Id];
  /** Has every server send the browser back to this origin. */
  callBackTo(origin: string): void;
  close(): Promise<void>;
}

export async function startStandInSet(wanted: readonly StandInId[]): Promise<StandInSet> {
  const started = await Promise.all(wanted.map(async (id) => [id, await standIns[id].start()] as const));
  const running = Object.fromEntries(started) as Partial<Running>; // each was started under its own id
  const all: readonly RunningStandIn[] = started.map(([, one]) => one);

  return {
    connections: all.flatMap(({ connections }) => connections),
    env: all.reduce((env, one) => ({ ...env, ...one.env }), {}),
    the(id) {
      const one = running[id];
      if (!one) throw new Error(`This test did not start ${id}: name it in the options' \`vendors\``);
      return one;
    },
    callBackTo(origin) {
      for (const id of ['tuleap', 'p4oauth'] as const) {
        const [connection] = running[id]?.connections ?? [];
        if (connection) running[id]?.control.setRedirectUri({ redirectUri: `${origin}/callback/${connection.id}` });
      }
    },
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}
