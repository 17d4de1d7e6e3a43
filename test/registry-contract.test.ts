/**
 * What every vendor's tables promise, over the whole registry: each operation goes through the real gateway as the table
 * says and no further, and each line of the errors has a reply that it is for.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedConnections } from '../gateway/config.ts';
import type { GatewayConnection } from '../gateway/connections.ts';
import { vendors } from '../gateway/vendors.ts';
import type { Operation, Param, Params } from '../src/http/operation.ts';
import type { Provider } from '../src/providers/contract.ts';
import type { ErrorSample } from '../src/providers/error-sample.ts';
import { keepsPromisesOfErrors } from '../src/providers/error-table.contract.ts';
import { registry } from '../src/providers/registry.ts';
import { standIns } from '../stand-ins/main.ts';
import type { RunningStandIn } from '../stand-ins/stand-in.ts';
import { newNonce, startRig, type Rig } from './gateway-rig.ts';
import { startUpstream, type SeenRequest, type Upstream } from './upstream.ts';

const faces: readonly Provider[] = await Promise.all(registry.map((entry) => entry.load()));

const errorSamples = import.meta.glob<readonly ErrorSample[]>('../src/providers/*/error-samples.ts', {
  eager: true,
  import: 'errorSamples',
});

/** Characters that a code may have (RFC 6749 appendix A.11). */
const CODE = 'canary-code&=+/%';

/** Something that every place must write in a way of its own. */
const awkward = (name: string): string => `a +&=%ä ${name}`;

const isCallers = ({ from }: Param): boolean => from === 'caller' || from === 'parked-code';

/** Whether a call with everything, or with no more than is needed, has this parameter. */
type Extent = 'everything' | 'the least';
const isThere = (param: Param, extent: Extent): boolean => extent === 'everything' || !param.optional;

function argumentsOf({ params }: Operation, extent: Extent, state: string): Params {
  const handed = Object.entries(params).filter(([, param]) => isCallers(param) && isThere(param, extent));
  return Object.fromEntries(
    handed.map(([name, { from, oneOf }]) => [
      name,
      from === 'parked-code' ? { parked: state } : (oneOf?.[0] ?? awkward(name)),
    ]),
  );
}

/** A connection with every setting, or with those alone that an operation cannot do without. */
function connectionOf({ id, operations }: Provider, baseUrl: string, extent: Extent): GatewayConnection {
  const params = Object.values(operations).flatMap((operation) => Object.entries(operation.params));
  const written = (from: Param['from']) =>
    Object.fromEntries(
      params
        .filter(([, param]) => param.from === from && isThere(param, extent))
        .map(([name, { setting = name }]) => [setting, awkward(setting)]),
    );
  return {
    id: `of-${id}`,
    provider: id,
    name: id,
    baseUrl,
    settings: written('setting'),
    secrets: written('operator-secret'),
    ca: null,
    insecure: false,
    forwardClientAddress: false,
  };
}

function valueOf(name: string, { from, value, oneOf, setting = name }: Param): string {
  switch (from) {
    case 'fixed':
      return value ?? '';
    case 'parked-code':
      return CODE;
    case 'caller':
      return oneOf?.[0] ?? awkward(name);
    case 'setting':
    case 'operator-secret':
      return awkward(setting);
    default:
      return from satisfies never;
  }
}

interface Wire {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly form: readonly (readonly [string, string])[];
  readonly json: unknown;
}

type Entry = readonly [name: string, value: string];

const byName = (entries: readonly Entry[]): readonly Entry[] => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

function jsonOf(params: readonly (readonly [string, Param])[]): Readonly<Record<string, unknown>> {
  const json: Record<string, unknown> = {};
  for (const [name, param] of params) {
    const entry = { [param.as ?? name]: valueOf(name, param) };
    if (param.within === undefined) Object.assign(json, entry);
    else json[param.within] = { ...(json[param.within] as object | undefined), ...entry }; // only ever set just here
  }
  return json;
}

/** What the table says of a call. */
function tableSays(operation: Operation, prefix: string, extent: Extent): Wire {
  const params = Object.entries(operation.params).filter(([, param]) => isThere(param, extent));
  const at = (place: Param['in']): readonly Entry[] =>
    params.flatMap(([name, param]) => (param.in === place ? [[param.as ?? name, valueOf(name, param)] as const] : []));
  const prefixes = new Map(params.map(([name, param]) => [param.as ?? name, param.prefix ?? '']));
  const path = at('path').reduce(
    (written, [name, value]) => written.replace(`{${name}}`, encodeURIComponent(value)),
    operation.path,
  );
  const [user] = at('basic-user');
  const pair = user && `${user[1]}:${at('basic-password')[0]?.[1] ?? ''}`;
  const [form, json] = [byName(at('form')), params.filter(([, { in: place }]) => place === 'json')];
  const type = form.length > 0 ? 'application/x-www-form-urlencoded' : json.length > 0 ? 'application/json' : undefined;
  return {
    method: operation.method,
    path: prefix + path,
    query: byName(at('query')),
    headers: {
      accept: 'application/json',
      ...(type && { 'content-type': type }),
      ...(pair !== undefined && { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }),
      ...Object.fromEntries(at('header').map(([name, value]) => [name.toLowerCase(), `${prefixes.get(name)}${value}`])),
    },
    form,
    json: json.length > 0 ? jsonOf(json) : undefined,
  };
}

/** What HTTP itself adds to a request. */
const OF_HTTP = new Set(['host', 'connection', 'content-length']);

function wireOf({ method, url, headers, body }: SeenRequest): Wire {
  const { pathname, searchParams } = new URL(url, 'http://upstream');
  const told = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const isJson = told['content-type'] === 'application/json';
  return {
    method,
    path: pathname,
    query: byName([...searchParams]),
    headers: Object.fromEntries(Object.entries(told).filter(([name]) => !OF_HTTP.has(name))),
    form: isJson ? [] : byName([...new URLSearchParams(body)]),
    json: isJson ? (JSON.parse(body) as unknown) : undefined,
  };
}

/** A browser that comes back with a code, under a state that the page announced. */
async function parkCode(rig: Rig, connection: string): Promise<string> {
  const state = newNonce();
  await rig.post('/gw/v1/park', { connection, state });
  const { status } = await rig.raw({
    path: `/callback/${connection}?${new URLSearchParams({ code: CODE, state }).toString()}`,
    headers: {
      'x-keyward': undefined,
      'content-type': undefined,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-dest': 'document',
    },
  });
  expect(status).toBe(303);
  return state;
}

/** As the page calls. A call that the gateway refuses is a failed test. */
async function call(rig: Rig, connection: GatewayConnection, name: string, operation: Operation, extent: Extent) {
  const takesCode = Object.values(operation.params).some(({ from }) => from === 'parked-code');
  const state = takesCode ? await parkCode(rig, connection.id) : '';
  const nonce = operation.effect === 'read' ? {} : { nonce: newNonce() };
  return rig.call(name, argumentsOf(operation, extent, state), {
    connection: connection.id,
    baseUrl: connection.baseUrl,
    ...nonce,
  });
}

describe.each(faces)('the operations of $name', (provider) => {
  const operations = Object.entries(provider.operations);
  let rig: Rig;
  let upstream: Upstream;
  let server: RunningStandIn | undefined;
  beforeAll(async () => {
    rig = await startRig([], { vendors });
    upstream = await startUpstream();
    server = await standIns.find(({ id }) => id === provider.id)?.start();
  });
  afterAll(async () => {
    await rig.close();
    await upstream.close();
    await server?.close();
  });

  it('are the gateway’s own, under the vendor’s id', () => {
    expect(vendors[provider.id]).toEqual({ operations: provider.operations, settings: provider.settings });
  });

  describe.each(['everything', 'the least'] as const)('with %s that they take', (extent) => {
    it.each(operations)('%s arrives as the table says', async (name, operation) => {
      const connection = connectionOf(provider, `${upstream.url}/base`, extent);
      rig.connections = [connection];
      const before = upstream.seen.length;
      expect(await call(rig, connection, name, operation, extent)).toMatchObject({ phase: 'answered', status: 200 });
      expect(upstream.seen.slice(before).map(wireOf)).toEqual([tableSays(operation, '/base', extent)]);
    });
  });

  it.each(operations)('%s is one that the vendor’s server has', async (name, operation) => {
    if (!server) throw new Error(`There is no stand-ins/${provider.id}/server.ts`);
    const { connections } = fixedConnections(server.connections, { vendors, env: server.env }).current();
    const [connection] = connections;
    if (!connection) throw new Error('The stand-in brings no connection');
    rig.connections = connections;
    server.control.clearLedger();
    await call(rig, connection, name, operation, 'everything');
    const ledger = server.control.ledger();
    expect(ledger).toHaveLength(1);
    expect(ledger[0]?.operation).not.toBe('unknown');
  });
});

describe.each(faces)('the errors of $name', (provider) => {
  keepsPromisesOfErrors(provider, errorSamples[`../src/providers/${provider.id}/error-samples.ts`] ?? []);
});
