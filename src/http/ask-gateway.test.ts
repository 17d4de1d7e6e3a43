import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatewayError } from './gateway-error.ts';
import {
  envelope,
  hangUp,
  json,
  startScriptedGateway,
  type Answer,
  type ScriptedGateway,
} from '../../test/scripted-gateway.ts';

let gateway: ScriptedGateway;

beforeEach(async () => {
  gateway = await startScriptedGateway();
});

afterEach(() => gateway.close());

describe('hello', () => {
  const hello = {
    boot: 'boot-1',
    connections: [
      {
        id: 'a',
        provider: 'p',
        name: 'A',
        baseUrl: 'https://a.example',
        settings: { realm: 'master' },
        insecure: false,
        secretsSet: [],
        forwardsClientAddress: false,
      },
    ],
    configurationFaults: [],
    demo: false,
  };

  it('is a GET with the header that a foreign page cannot send', async () => {
    gateway.answer = json(hello);
    expect(await gateway.caller.hello()).toEqual(hello);
    expect(gateway.arrived[0]).toMatchObject({ method: 'GET', path: '/gw/v1/hello' });
    expect(gateway.arrived[0]?.headers['x-keyward']).toBe('1');
  });

  it.each<[string, Answer, string, boolean]>([
    ['dies', hangUp, 'gateway-unreachable', true],
    ['fails', (response) => response.writeHead(502).end(), 'gateway-unreachable', true],
    ['refuses', (response) => response.writeHead(403).end(), 'gateway-refused', false],
    ['says something else', json({ boot: 1 }), 'gateway-unreadable', false],
  ])('rejects with a sentence for a person where the gateway %s', async (_, how, code, retry) => {
    gateway.answer = how;
    const error: unknown = await gateway.caller.hello().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ code, retry });
    expect(String(error)).not.toMatch(/fetch failed|undefined/i);
  });

  it('rejects as called off where it was', async () => {
    await expect(gateway.caller.hello(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('outcome', () => {
  it('asks by nonce and boot', async () => {
    gateway.answer = json({ state: 'answered', envelope: envelope() });
    expect(await gateway.caller.outcome('nonce-1', 'boot-1')).toMatchObject({
      state: 'answered',
      envelope: { status: 200 },
    });
    expect(gateway.arrived[0]).toMatchObject({ method: 'POST', path: '/gw/v1/outcome' });
    expect(JSON.parse(gateway.arrived[0]?.body ?? '')).toEqual({ nonce: 'nonce-1', boot: 'boot-1' });
  });

  it.each(['running', 'fenced', 'unknown'] as const)('hands on %s', async (state) => {
    gateway.answer = json({ state });
    expect(await gateway.caller.outcome('n', 'b')).toEqual({ state });
  });

  it('means “ask again” where the gateway could not be asked: its answer may still be kept', async () => {
    gateway.answer = hangUp;
    expect(await gateway.caller.outcome('n', 'b')).toEqual({ state: 'running' });
    gateway.answer = (response) => response.writeHead(503).end();
    expect(await gateway.caller.outcome('n', 'b')).toEqual({ state: 'running' });
  });

  it('is unknown where the gateway refuses the question or answers in another tongue', async () => {
    gateway.answer = (response) => response.writeHead(400).end();
    expect(await gateway.caller.outcome('n', 'b')).toEqual({ state: 'unknown' });
    gateway.answer = json({ state: 'perhaps' });
    expect(await gateway.caller.outcome('n', 'b')).toEqual({ state: 'unknown' });
  });
});
