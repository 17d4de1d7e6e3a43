/** The vendors' servers of one test: those that it asks for, found by the registry's ids and started together. */
import { registry } from '../src/providers/registry.ts';
import {
  callsBack,
  type ActionsById,
  type ConnectionEntry,
  type RunningStandIn,
  type StandIn,
} from '../stand-ins/stand-in.ts';

export type StandInId = keyof ActionsById;
type Running = { readonly [Id in StandInId]: RunningStandIn<ActionsById[Id]> };

/** What a test may do to each vendor's server. */
export type Controls = { readonly [Id in StandInId]: Running[Id]['control'] };

export interface StandInSet {
  readonly connections: readonly ConnectionEntry[];
  readonly env: Readonly<Record<string, string>>;
  /** Each server by its id; one that was not started throws where it is asked for. So do the controls. */
  readonly servers: Running;
  readonly controls: Controls;
  /** Has every server send the browser back to this origin. */
  callBackTo(origin: string): void;
  /** Every server as it was at its start, so that it calls back to the demo's address again. */
  reset(): void;
  close(): Promise<void>;
}

async function start(id: StandInId): Promise<RunningStandIn> {
  const module = (await import(`../stand-ins/${id}/server.ts`)) as { readonly standIn: StandIn }; // every folder's server is one
  return module.standIn.start();
}

export async function startStandInSet(wanted: readonly StandInId[]): Promise<StandInSet> {
  const running = new Map(await Promise.all(wanted.map(async (id) => [id as string, await start(id)] as const)));
  const all = [...running.values()];
  const the = (id: string): RunningStandIn => {
    const one = running.get(id);
    if (!one) throw new Error(`This test did not start ${id}: name it in the options' \`vendors\``);
    return one;
  };

  return {
    connections: all.flatMap(({ connections }) => connections),
    env: all.reduce((env, one) => ({ ...env, ...one.env }), {}),
    servers: byId(the) as Running, // each was started under its own id
    controls: byId((id) => the(id).control) as Controls, // as above
    callBackTo(origin) {
      for (const { control, connections } of all) {
        const [connection] = connections;
        if (connection && callsBack(control)) {
          control.setRedirectUri({ redirectUri: `${origin}/callback/${connection.id}` });
        }
      }
    },
    reset() {
      for (const { control } of all) control.reset();
    },
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

/** Looks for each vendor's when it is asked for, not before. */
const byId = (take: (id: string) => unknown): object =>
  Object.defineProperties(
    {},
    Object.fromEntries(registry.map(({ id }) => [id, { enumerable: true, get: () => take(id) }])),
  );

/** One object with the members of both, those that are looked for when asked for among them. */
export const beside = <Own extends object, Sought extends object>(own: Own, sought: Sought): Own & Sought =>
  Object.defineProperties(own, Object.getOwnPropertyDescriptors(sought)) as Own & Sought; // it now has them
