/**
 * The console without a screen: the real services, the real gateway and one real stand-in on loopback. What a page would
 * do by clicks, a test does by calling the same functions.
 */
import { createGateway } from '../gateway/app.ts';
import { fixedConnections } from '../gateway/config.ts';
import { listen } from '../gateway/listen.ts';
import { vendors } from '../gateway/vendors.ts';
import { createServices, type PagePort, type Ports, type Services } from '../src/console/services.ts';
import type { Connection } from '../src/http/envelope.ts';
import { systemClock, systemTimers } from '../src/lib/clock.ts';
import { createPageLocks } from '../src/lib/locks.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { Provider } from '../src/providers/contract.ts';
import { registry } from '../src/providers/registry.ts';
import type { FormSignIn, FormValues } from '../src/providers/sign-in-way.ts';
import type { Hands } from '../src/refresh/hands.ts';
import { listTargets, signIn, type Door, type FormAttempt } from '../src/refresh/sign-in.ts';
import type { Credential } from '../src/sessions/credential.ts';
import { createMemoryStore } from '../src/sessions/memory-store.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { ConnectionEntry, RunningStandIn, StandIn } from '../stand-ins/stand-in.ts';

export interface HeadlessConsole<Actions extends object> {
  readonly services: Services;
  readonly hands: Hands;
  readonly server: RunningStandIn<Actions>;
  readonly provider: Provider;
  /** `http://localhost:…`: where a page of this console would be. */
  readonly origin: string;
  /** Every line that the gateway wrote. */
  readonly log: readonly string[];
  /** What the operator’s file says of the stand-in now. */
  connection(): Promise<Connection>;
  /** What a person typed into the form of that way in. */
  typed(way: string, values: FormValues): Promise<TypedForm>;
  /** Signs in through that form. Rejects where it does not succeed. */
  open(way: string, values: FormValues, more?: MoreOfAttempt): Promise<SessionRecord>;
  /** The operator changes the file; what is left out stays as the stand-in brought it. */
  operatorWrites(change: Partial<ConnectionEntry>): Promise<void>;
  /** The operator takes the connection out of the file. */
  operatorRemoves(): Promise<void>;
  /** Back to the start: the server’s state, the operator’s file, no session. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

type TypedForm = Door & Pick<FormAttempt, 'way' | 'values'>;

export interface MoreOfAttempt extends Partial<Pick<FormAttempt, 'keep' | 'credential'>> {
  /** The entry of the way’s list, by its label. */
  readonly target?: string;
}

export async function startHeadlessConsole<Actions extends object>(
  standIn: StandIn<Actions>,
  more: Partial<Pick<Ports, 'locks' | 'jobs'>> = {},
): Promise<HeadlessConsole<Actions>> {
  const server = await standIn.start();
  const [own] = server.connections;
  if (!own) throw new Error('The stand-in brings no connection');
  const log: string[] = [];
  let source = fixedConnections([own], { vendors, env: server.env });
  const gateway = createGateway({
    vendors,
    connections: { current: () => source.current() },
    clock: systemClock,
    random: systemRandom,
    demo: true,
    log: (line) => log.push(line),
  });
  const listening = await listen(gateway.handler, 0);
  const origin = `http://localhost:${listening.port}`;
  const sessions = createMemoryStore<SessionRecord>();
  const credentials = createMemoryStore<Credential>();
  const services = createServices({
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    locks: createPageLocks(),
    sessions,
    credentials,
    origin,
    page: quietPage,
    fetch: fetchAsPageOf(origin),
    registry,
    ...more,
  });
  const { hands } = services;
  const operatorWrites = async (change: Partial<ConnectionEntry>): Promise<void> => {
    source = fixedConnections([{ ...own, ...change }], { vendors, env: server.env });
    // The console hears of it with the next answer of the gateway.
    await hands.boot();
  };

  const operatorRemoves = async (): Promise<void> => {
    source = fixedConnections([], { vendors, env: server.env });
    await hands.boot();
  };

  const provider = await hands.provider(own.provider);
  const connection = async (): Promise<Connection> => {
    const found = await hands.connection(own.id);
    if (!found) throw new Error('The gateway does not know the connection');
    return found;
  };

  const typed = async (way: string, values: FormValues): Promise<TypedForm> => ({
    ...{ provider, connection: await connection() },
    way: formOf(provider, way),
    values,
  });

  return {
    services,
    hands,
    server,
    provider,
    origin,
    log,
    connection,
    typed,
    open: async (way, values, more) => openByForm(hands, await typed(way, values), more),
    operatorWrites,
    operatorRemoves,
    async reset() {
      server.control.reset();
      await operatorWrites({});
      for (const { id } of await sessions.all()) await sessions.delete(id);
      for (const { id } of await credentials.all()) await credentials.delete(id);
    },
    async close() {
      services.dispose();
      await listening.close(true);
      gateway.close();
      await server.close();
    },
  };
}

/** The form of that way in. */
export function formOf({ id, signIn: ways }: Provider, wayId: string): FormSignIn {
  const way = ways.find((one) => one.id === wayId);
  if (way?.kind !== 'form') throw new Error(`There is no form for ${wayId} at ${id}`);
  return way;
}

/** The session that what was typed opens. Rejects where it opens none. */
export async function openByForm(
  hands: Hands,
  typed: TypedForm,
  { target: label, ...more }: MoreOfAttempt = {},
): Promise<SessionRecord> {
  const attempt: FormAttempt = { ...typed, keep: false, ...more };
  if (label === undefined) return valueOf(await signIn(hands, attempt)).record;
  const { targets } = valueOf(await listTargets(hands, typed));
  const target = targets.find((one) => one.label === label);
  if (!target) throw new Error(`The list has no entry ${label}`);
  return valueOf(await signIn(hands, { ...attempt, target })).record;
}

/** Visible and online, and nobody touches it. */
export const quietPage: PagePort = {
  visible: () => true,
  online: () => true,
  onPoke: () => () => undefined,
  onActivity: () => () => undefined,
  onLeaving: () => () => undefined,
};

/** The gateway takes requests of its own page alone, so each says what a browser would say of it. */
export const fetchAsPageOf =
  (origin: string): typeof fetch =>
  (input, init = {}) => {
    if (typeof input !== 'string') throw new TypeError('The console fetches by address');
    const headers = Object.fromEntries(new Headers(init.headers));
    return fetch(new URL(input, origin), { ...init, headers: { ...headers, origin } });
  };

/** The value, or a failed test that names the failure. */
export function valueOf<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: object },
): Value {
  if (result.ok) return result.value;
  throw new Error(`Unexpected failure: ${JSON.stringify(result.failure)}`);
}

/** The browser goes where the vendor sends it: to the gateway's callback. Gives the status, and where it is sent on to. */
export async function followToCallback(
  location: string,
): Promise<{ readonly status: number; readonly to: string | null; readonly text: string }> {
  const response = await fetch(location, { redirect: 'manual' });
  return { status: response.status, to: response.headers.get('location'), text: await response.text() };
}
