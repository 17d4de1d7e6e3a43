/**
 * Starts the stand-ins: the demo's servers, and the network of every test. The set is whatever folders hold a `server.ts`;
 * nothing here names a vendor.
 */
import { startControlPort } from './control-port.ts';
import { callsBack, type ConnectionEntry, type DemoAccounts, type RunningStandIn, type StandIn } from './stand-in.ts';

export interface StandInOptions {
  /** How fast the servers' clocks run: 60 makes a minute of every second. */
  readonly clockRate?: number;
  /** Ids of the stand-ins to start; all where left out. */
  readonly only?: readonly string[];
  /** `fixed` (4610 upwards, where left out) keeps base URLs over restarts; `any` takes free ports. */
  readonly ports?: 'fixed' | 'any';
}

export interface RunningStandIns {
  /** In the shape of the operator's configuration file. */
  readonly connections: readonly ConnectionEntry[];
  readonly accounts: readonly DemoAccounts[];
  /** What the `{ "env": … }` settings of the connections name. */
  readonly env: Readonly<Record<string, string>>;
  /** By id: where to `POST {control}/{action}`. */
  readonly controls: Readonly<Record<string, string>>;
  /** By id: the stand-ins themselves, for a test in the same process. */
  readonly running: Readonly<Record<string, RunningStandIn>>;
  /** The console is there: servers that send the browser back send it to that origin from now on. */
  callBackTo(origin: string): void;
  close(): Promise<void>;
}

const controlPort = 4610;

const modules = import.meta.glob<{ standIn: StandIn }>('./*/server.ts', { eager: true });

/** Every stand-in there is, in the order of their ports. */
export const standIns: readonly StandIn[] = Object.values(modules)
  .map(({ standIn }) => standIn)
  .sort((a, b) => a.demoPort - b.demoPort);

export async function startStandIns(options: StandInOptions = {}): Promise<RunningStandIns> {
  const { clockRate = 1, only, ports = 'fixed' } = options;
  const unknown = only?.find((id) => !standIns.some((standIn) => standIn.id === id));
  if (unknown !== undefined) throw new Error(`There is no stand-in called ${unknown}.`);

  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(closers.splice(0).map((closeOne) => closeOne()));
  };
  try {
    const running: Record<string, RunningStandIn> = {};
    for (const standIn of standIns.filter(({ id }) => !only || only.includes(id))) {
      const one = await standIn.start({ port: ports === 'fixed' ? standIn.demoPort : 0, clockRate });
      closers.push(() => one.close());
      running[standIn.id] = one;
    }
    const control = await startControlPort(running, ports === 'fixed' ? controlPort : 0);
    closers.push(() => control.close());
    const all = Object.values(running);
    return {
      connections: all.flatMap((one) => one.connections),
      accounts: all.map((one) => one.accounts),
      env: Object.assign({}, ...all.map((one) => one.env)) as Record<string, string>, // Object.assign over a list types as any
      controls: Object.fromEntries(all.map(({ id }) => [id, `${control.url}/control/${id}`])),
      running,
      callBackTo(origin) {
        for (const { control: one, connections } of all) {
          const [connection] = connections;
          if (connection && callsBack(one)) one.setRedirectUri({ redirectUri: `${origin}/callback/${connection.id}` });
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
