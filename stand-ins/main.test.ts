import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { standIns, startStandIns } from './main.ts';
import type { RunningStandIns, StandInOptions } from './main.ts';

let all: RunningStandIns | undefined;
afterEach(async () => {
  await all?.close();
  all = undefined;
});
const start = async (options: StandInOptions = {}) => {
  all = await startStandIns({ ports: 'any', ...options });
  return all;
};

const act = (control: string, action: string, value?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${control}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(value === undefined ? {} : { body: JSON.stringify(value) }),
  });

test('each stand-in has an id and a fixed port of its own', () => {
  expect(new Set(standIns.map(({ id }) => id)).size).toBe(standIns.length);
  expect(new Set(standIns.map(({ demoPort }) => demoPort)).size).toBe(standIns.length);
  expect(standIns.every(({ demoPort }) => demoPort > 4610 && demoPort < 4700)).toBe(true);
});

test('starts all of them on loopback, with a connection, accounts and secrets for each', async () => {
  const { connections, accounts, env, controls } = await start();
  for (const { id } of standIns) {
    const connection = connections.find(({ provider }) => provider === id);
    expect(connection?.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+(\/\w+)?$/);
    expect(accounts.find(({ provider }) => provider === id)?.lines.length).toBeGreaterThan(0);
    expect(controls[id]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/control\/\w+$/);
    for (const setting of Object.values(connection?.settings ?? {})) {
      if (typeof setting !== 'string') expect(env[setting.env]).toBeTruthy();
    }
  }
});

test('send the browser back to wherever the console is', async () => {
  const { running, connections, callBackTo } = await start({ only: ['p4oauth', 'tuleap', 'ocp'] });
  callBackTo('http://localhost:4999');
  const ask = async (id: string, path: string) => {
    const base = connections.find(({ provider }) => provider === id)?.baseUrl ?? 'none';
    const redirectUri = `http://localhost:4999/callback/${id}-demo`;
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'alice',
      redirect_uri: redirectUri,
      state: 's',
    });
    return (await fetch(`${base}${path}?${query}`, { redirect: 'manual' })).status;
  };
  expect(await ask('p4oauth', '/grants/authorization_code')).toBe(200);
  expect(Object.keys(running)).toEqual(expect.arrayContaining(['p4oauth', 'tuleap', 'ocp']));
});

test('starts only those that were named, and none of an unknown name', async () => {
  const { connections } = await start({ only: ['ocp'] });
  expect(connections.map(({ provider }) => provider)).toEqual(['ocp']);
  await expect(startStandIns({ only: ['nobody'] })).rejects.toThrow('nobody');
});

test('a busy port is an error that names it, and what was started is closed again', async () => {
  const [first] = standIns;
  if (!first) throw new Error('no stand-in');
  const { url } = (await start({ only: [first.id] })).running[first.id] ?? { url: '' };
  const { port } = new URL(url);
  await expect(first.start({ port: Number(port) })).rejects.toThrow(`Port ${port}`);
});

test('after close nothing answers', async () => {
  const { connections, close } = await start({ only: ['primatime'] });
  await close();
  await expect(fetch(connections[0]?.baseUrl ?? '')).rejects.toThrow();
});

test('the clocks run at the rate asked for, and answers are dated by them', async () => {
  const { running, connections } = await start({ only: ['primatime'], clockRate: 1000 });
  const before = running['primatime']?.control.clock().nowMs ?? 0;
  await expect.poll(() => (running['primatime']?.control.clock().nowMs ?? 0) - before).toBeGreaterThan(20_000);
  running['primatime']?.control.clock({ rate: 0, nowMs: Date.UTC(2030, 0, 1) });
  const { headers } = await fetch(connections[0]?.baseUrl ?? '');
  expect(headers.get('date')).toBe('Tue, 01 Jan 2030 00:00:00 GMT');
});

describe('the control port', () => {
  test('offers what the object offers: actions, clock, faults, ledger, reset', async () => {
    const { controls, connections } = await start();
    const control = controls['ocp'] ?? '';
    const opened = await act(control, 'openSessions', { username: 'bob', count: 3 });
    expect(await opened.json()).toHaveLength(3);
    await act(control, 'fault', { kind: 'reply', status: 503 });
    const discovery = `${connections[0]?.baseUrl ?? ''}/realms/master/.well-known/openid-configuration`;
    expect((await fetch(discovery)).status).toBe(503);
    expect(await (await act(control, 'ledger', { operation: 'discovery' })).json()).toMatchObject([
      { faults: ['reply'] },
    ]);
    expect(await (await act(control, 'clock', { rate: 0, nowMs: 1000 })).json()).toEqual({ nowMs: 1000, rate: 0 });
    expect((await act(control, 'reset')).status).toBe(200);
    expect(await (await act(control, 'sessions', { username: 'bob' })).json()).toEqual([]);
  });

  test('lists the actions', async () => {
    const { controls } = await start({ only: ['ocp'] });
    const list: unknown = await (await fetch(new URL('/control', controls['ocp']))).json();
    expect(list).toEqual({ ocp: expect.arrayContaining(['clock', 'fault', 'ledger', 'openSessions']) as string[] });
  });

  test.each([
    ['an unknown action', 'magic', 404],
    ['a member that is not an action', 'constructor', 404],
  ])('%s: %i', async (_row, action, status) => {
    const { controls } = await start({ only: ['ocp'] });
    expect((await act(controls['ocp'] ?? '', action)).status).toBe(status);
  });

  test('a fault in what was asked is told: 400', async () => {
    const { controls } = await start({ only: ['ocp'] });
    const answered = await act(controls['ocp'] ?? '', 'openSessions', { username: 'nobody' });
    expect(answered.status).toBe(400);
    expect(await answered.json()).toEqual({ error: 'There is no user called nobody.' });
  });

  test('a page of another origin cannot reach it, nor a name that points here', async () => {
    const { controls } = await start({ only: ['ocp'] });
    const control = controls['ocp'] ?? '';
    expect((await act(control, 'reset', undefined, { origin: 'https://elsewhere.example.test' })).status).toBe(403);
    expect((await act(control, 'reset', undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const status = await new Promise((resolve) => {
      const headers = { host: 'elsewhere.example.test' };
      request(`${control}/reset`, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode)).end();
    });
    expect(status).toBe(403);
  });
});
