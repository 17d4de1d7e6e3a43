/**
 * Fifty things that leaked, at three vendors that let them be ended: access keys, secret keys, and sessions of which an
 * access token was found. Each is ended by its owner, who is signed in here.
 */
import { beginJob, type Chosen } from '../src/console/begin-job.ts';
import type { Services } from '../src/console/services.ts';
import { readKeys } from '../src/features/keys/read-keys.ts';
import { fingerprintOf } from '../src/providers/fingerprint.ts';
import type { KeysFace } from '../src/providers/keys-face.ts';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import { completeThing } from '../src/revocation/create-item.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import { offerOf } from '../src/revocation/offer.ts';
import type { WantedThing } from '../src/revocation/wanted.ts';
import { demo as primatimeDemo } from '../stand-ins/primatime/account.ts';
import { demo as tuleapDemo } from '../stand-ins/tuleap/world.ts';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { formOf, openByForm } from './headless-console.ts';
import { startReloadableConsole, type ReloadableConsole } from './reloadable-console.ts';
import type { Controls } from './stand-in-set.ts';

const COUNTS = { tuleap: 17, primatime: 17, ocp: 16 } as const;
export const THINGS = COUNTS.tuleap + COUNTS.primatime + COUNTS.ocp;

export const threeVendors = ['tuleap', 'primatime', 'ocp'] as const;

/** As they are in force: of the console's own, and of each vendor's face. */
export const IN_ALL_MAX = 4;
export const PER_SERVER_MAX = 3;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** The console, and what is asked of the servers beside it: in the same process, or over their control ports. */
export interface ThingsWorld {
  readonly services: Services;
  readonly connections: readonly ConnectionEntry[];
  /** Gives the key's own string. */
  addAccessKey(key: Parameters<Controls['tuleap']['addKey']>[0]): Promise<string>;
  addSecretKey(key: Parameters<Controls['primatime']['addKey']>[0]): Promise<unknown>;
  configureRealm(change: Parameters<Controls['ocp']['configureRealm']>[0]): Promise<unknown>;
}

/** Signs in at the three, and has fifty things stand there; gives the best way to end each. */
export async function makeFiftyThings(world: ThingsWorld): Promise<readonly Chosen[]> {
  const { services } = world;
  await open(services, 'tuleap', 'access-key', { accessKey: tuleapDemo.aliceKey });
  await open(services, 'primatime', 'password', { email: primatimeDemo.email, password: primatimeDemo.password });
  await world.configureRealm({ limit: null });
  await open(services, 'ocp', 'password', { username: 'alice', password: 'alice-demo-password' });
  return chooseAll(services, [
    ...(await accessKeys(world)),
    ...(await secretKeys(world)),
    ...(await foundTokens(world)),
  ]);
}

export async function startWithFiftyThings(): Promise<{
  readonly rig: ReloadableConsole;
  readonly chosen: readonly Chosen[];
}> {
  const rig = await startReloadableConsole(threeVendors);
  const { connections, controls } = rig.standIns;
  const chosen = await makeFiftyThings({
    services: rig.services(),
    connections,
    addAccessKey: (key) => Promise.resolve(controls.tuleap.addKey(key).identifier),
    addSecretKey: (key) => Promise.resolve(controls.primatime.addKey(key)),
    configureRealm: (change) => Promise.resolve(controls.ocp.configureRealm(change)),
  });
  return { rig, chosen };
}

async function open(
  { hands }: Services,
  id: (typeof threeVendors)[number],
  wayId: string,
  values: FormValues,
): Promise<void> {
  const [provider, connection] = [await hands.provider(id), await hands.connection(`${id}-demo`)];
  if (!connection) throw new Error(`There is no connection to ${id}`);
  await openByForm(hands, { provider, connection, way: formOf(provider, wayId), values });
}

async function faceOf({ hands }: Services, id: string): Promise<KeysFace> {
  const keys = await (await hands.provider(id)).keys?.();
  if (!keys) throw new Error(`${id} says nothing of its keys`);
  return keys;
}

/** As somebody pasted it: with the secret. */
async function pasted(services: Services, provider: string, text: string): Promise<WantedThing> {
  const keys = await faceOf(services, provider);
  const [candidate] = keys.recognise(text);
  if (!candidate) throw new Error(`It is nothing of ${provider}`);
  const fingerprint = await fingerprintOf(candidate.secret);
  const thing = completeThing(keys.thingOf(candidate, null), { fingerprint });
  return { provider, connection: `${provider}-demo`, thing, secrets: candidate.secrets };
}

const accessKeys = ({ services, addAccessKey }: ThingsWorld): Promise<readonly WantedThing[]> =>
  Promise.all(
    numbers(COUNTS.tuleap).map(async (n) => {
      const key = await addAccessKey({ username: 'alice', description: `leaked ${String(n)}` });
      return await pasted(services, 'tuleap', key);
    }),
  );

/** As they stand in the list: without a secret. */
async function secretKeys({ services, addSecretKey }: ThingsWorld): Promise<readonly WantedThing[]> {
  for (const n of numbers(COUNTS.primatime)) {
    await addSecretKey({ email: primatimeDemo.email, name: `Leaked ${String(n)}` });
  }
  const keys = await faceOf(services, 'primatime');
  const owner = (await services.hands.repository.list()).find(({ provider }) => provider === 'primatime');
  if (!owner || !keys.list) throw new Error('Nobody can list them');
  const rows = await readKeys(services.hands, owner.id, keys.list);
  return rows
    .filter(({ name }) => name.startsWith('Leaked'))
    .map((row) => ({
      ...{ provider: 'primatime', connection: 'primatime-demo', by: owner.id },
      thing: completeThing(keys.thingOfRow(row)),
    }));
}

/** Each of a session of its own, opened by somebody else's client. */
async function foundTokens({ services, connections }: ThingsWorld): Promise<readonly WantedThing[]> {
  const baseUrl = connections.find(({ provider }) => provider === 'ocp')?.baseUrl ?? '';
  const tokenUrl = `${baseUrl}/realms/master/protocol/openid-connect/token`;
  const body = new URLSearchParams({
    ...{ grant_type: 'password', client_id: 'ocp', scope: 'openid' },
    ...{ username: 'alice', password: 'alice-demo-password' },
  });
  const found: WantedThing[] = [];
  for (const _ of numbers(COUNTS.ocp)) {
    const answer = (await (await fetch(tokenUrl, { method: 'POST', body })).json()) as {
      readonly access_token: string;
    }; // the stand-in's own answer
    found.push(await pasted(services, 'ocp', answer.access_token));
  }
  return found;
}

/** The best way to end each, as the sheet offers it. */
const chooseAll = (services: Services, wanted: readonly WantedThing[]): Promise<readonly Chosen[]> =>
  Promise.all(
    wanted.map(async (one) => {
      const offer = await offerOf(services.hands, one);
      const [ending] = offer?.endings ?? [];
      if (!offer || !ending) throw new Error(`Nothing ends it: ${one.thing.name}`);
      return { offer, ending, consented: ending.consent !== undefined };
    }),
  );

/** Stores one job of all and starts it; gives its id. */
export const beginAll = (services: Services, chosen: readonly Chosen[]): Promise<string> =>
  beginJob(services, { kind: 'revoke', title: 'Fifty things', chosen });

/** The job once every item is settled. Rejects where that does not come about. */
export async function settled({ jobs }: Pick<ReloadableConsole, 'jobs'>, id: string, withinMs: number) {
  let stop = (): void => undefined;
  try {
    return await new Promise<JobRecord>((resolve, reject) => {
      const look = async (): Promise<void> => {
        const job = await jobs.get(id);
        if (job?.items.every(({ state }) => state.is === 'settled')) resolve(job);
      };
      const giveUp = async (): Promise<void> => {
        const states = (await jobs.get(id))?.items.map(({ state }) => state.is) ?? [];
        reject(new Error(`It does not come about: ${states.join(', ')}`));
      };
      const timer = setTimeout(() => void giveUp(), withinMs);
      const unsubscribe = jobs.onChange(() => void look());
      void look();
      stop = () => {
        clearTimeout(timer);
        unsubscribe();
      };
    });
  } finally {
    stop();
  }
}
