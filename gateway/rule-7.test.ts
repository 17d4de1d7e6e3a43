// @vitest-environment node
import { request as httpRequest } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { newNonce, startRig, type Rig } from '../test/gateway-rig.ts';
import { toyConnection } from '../test/toy-connection.ts';
import { startUpstream, type Upstream } from '../test/upstream.ts';

let upstream: Upstream;
let rig: Rig;

const limits = { answerKeptMs: 120_000, noncesMax: 200, answersKeptBytesMax: 3_000 };

beforeEach(async () => {
  upstream = await startUpstream();
  rig = await startRig([toyConnection(upstream.url)], { limits });
});
afterEach(async () => {
  await rig.close();
  await upstream.close();
});

const token = { refresh_token: 'not-a-real-token' };

/** Starts a call, goes away once the vendor has it, and lets the vendor answer then. */
async function goAwayDuring(operation: string, params: Record<string, string>, nonce?: string) {
  const away = new AbortController();
  let answer: () => void = () => undefined;
  const closed = vi.fn();
  upstream.answers((_, response) => {
    response.on('close', () => {
      if (!response.writableFinished) closed();
    });
    answer = () => response.end('{"new":"pair"}');
  });
  const lost = rig.call(operation, params, { signal: away.signal, ...(nonce === undefined ? {} : { nonce }) });
  await upstream.arrived(1);
  away.abort();
  await expect(lost).rejects.toThrow();
  return { answer: () => answer(), closed };
}

describe('rule 7: the head is on the wire before the vendor is called', () => {
  it('sends status, headers and one blank while the vendor has not even taken the connection', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo; // a server that listens on a port has one
    rig.connections = [toyConnection(`https://127.0.0.1:${port}`)];

    const head = await new Promise<{ status: number | undefined; first: string }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'x-keyward': '1', 'sec-fetch-site': 'same-origin' };
      const request = httpRequest({
        port: rig.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/gw/v1/call/toy-one/look',
        headers,
      });
      request.on('error', reject);
      request.on('response', (response) => {
        response.once('data', (first: Buffer) => {
          resolve({ status: response.statusCode, first: first.toString() });
          request.destroy();
        });
        response.on('error', () => undefined);
      });
      request.end(JSON.stringify({ baseUrl: `https://127.0.0.1:${port}`, params: {} }));
    });
    expect(head).toEqual({ status: 200, first: ' ' });
    silent.close();
  });
});

describe('rule 7: what cannot be repeated runs to its end', () => {
  it.each(['spend', 'end'])(
    'finishes %s though the browser went away, and outcome has the answer',
    async (operation) => {
      const nonce = newNonce();
      const { answer, closed } = await goAwayDuring(operation, token, nonce);
      expect(await rig.outcome(nonce, rig.gateway.boot)).toEqual({ state: 'running' });
      answer();
      await rig.gateway.idle();
      const outcome = await rig.outcome(nonce, rig.gateway.boot);
      expect(outcome).toMatchObject({
        state: 'answered',
        envelope: { phase: 'answered', status: 200, body: '{"new":"pair"}' },
      });
      expect(closed).not.toHaveBeenCalled();
      expect(upstream.seen).toHaveLength(1);
    },
  );

  it.each([
    ['slot', { password: 'not-a-real-password' }],
    ['mint', { user: 'u' }],
    ['create', { name: 'n' }],
  ])('finishes %s too', async (operation, params) => {
    const nonce = newNonce();
    const { answer, closed } = await goAwayDuring(operation, params, nonce);
    answer();
    await rig.gateway.idle();
    expect(await rig.outcome(nonce, rig.gateway.boot)).toMatchObject({ state: 'answered' });
    expect(closed).not.toHaveBeenCalled();
  });

  it('finishes a log out without a nonce, as a page that is left sends it', async () => {
    const { answer, closed } = await goAwayDuring('end', token);
    answer();
    await rig.gateway.idle();
    expect(rig.log.at(-1)).toMatch(/^toy-one end \[end\] 200/);
    expect(closed).not.toHaveBeenCalled();
  });

  it('leaves no nonce running for ever, however early the browser goes away', async () => {
    const nonces = Array.from({ length: 20 }, () => newNonce());
    for (const nonce of nonces) {
      const body = JSON.stringify({ baseUrl: upstream.url, params: token, nonce, boot: rig.gateway.boot });
      const head = [
        'POST /gw/v1/call/toy-one/spend HTTP/1.1',
        `Host: localhost:${rig.port}`,
        'X-Keyward: 1',
        'Sec-Fetch-Site: same-origin',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ];
      const socket = connect(rig.port, '127.0.0.1');
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.resetAndDestroy());
      await new Promise((resolve) => socket.once('close', resolve));
    }
    for (const nonce of nonces) {
      await eventually(async () => expect((await rig.outcome(nonce, rig.gateway.boot)).state).not.toBe('running'));
    }
  });

  it('stops a read that nobody waits for', async () => {
    const { closed } = await goAwayDuring('look', {});
    await rig.gateway.idle();
    await eventually(() => expect(closed).toHaveBeenCalledOnce());
    expect(rig.log.at(-1)).toMatch(/^toy-one look \[read\] sent \(aborted\)/);
  });

  it('wants a nonce for what must not happen twice, and a boot with every nonce', async () => {
    for (const [operation, params] of [
      ['spend', token],
      ['slot', { password: 'p' }],
      ['create', { name: 'n' }],
    ] as const) {
      expect(await rig.refused(operation, params)).toMatchObject({ status: 422, type: 'nonce-needed' });
    }
    const body = { baseUrl: upstream.url, params: token, nonce: newNonce() };
    expect((await rig.post('/gw/v1/call/toy-one/spend', body)).status).toBe(422);
    expect(await rig.refused('spend', token, { nonce: 'short', boot: rig.gateway.boot })).toMatchObject({
      type: 'bad-request',
    });
    expect(upstream.connections).toBe(0);
  });
});

describe('rule 7: same nonce and body, same answer and no second call', () => {
  it('gives the kept answer', async () => {
    const nonce = newNonce();
    const first = await rig.call('spend', token, { nonce });
    expect(await rig.call('spend', token, { nonce })).toEqual(first);
    expect(upstream.seen).toHaveLength(1);
  });

  it('joins the call that is running', async () => {
    const nonce = newNonce();
    let answer: () => void = () => undefined;
    upstream.answers((_, response) => (answer = () => response.end('{"new":"pair"}')));
    const calls = [rig.call('spend', token, { nonce })];
    await upstream.arrived(1);
    calls.push(rig.call('spend', token, { nonce }), rig.call('spend', token, { nonce }));
    // One more round trip, so that the two above are inside the gateway.
    await rig.hello();
    answer();
    const answers = await Promise.all(calls);
    expect(new Set(answers.map((envelope) => JSON.stringify(envelope))).size).toBe(1);
    expect(upstream.seen).toHaveLength(1);
  });

  it('keeps what failed as well: a second try would be a second call', async () => {
    const nonce = newNonce();
    upstream.answers((_, response) => response.destroy());
    expect(await rig.call('spend', token, { nonce })).toMatchObject({ phase: 'sent', cause: { code: 'cut' } });
    expect(await rig.call('spend', token, { nonce })).toMatchObject({ phase: 'sent', cause: { code: 'cut' } });
    expect(upstream.seen).toHaveLength(1);
  });

  it('refuses another body, another operation or another connection under the same nonce', async () => {
    const nonce = newNonce();
    rig.connections = [...rig.connections, toyConnection(upstream.url, { id: 'toy-two' })];
    await rig.call('spend', token, { nonce });
    const refusal = { status: 409, type: 'nonce-reused' };
    expect(await rig.refused('spend', { refresh_token: 'other' }, { nonce })).toMatchObject(refusal);
    expect(await rig.refused('end', token, { nonce })).toMatchObject(refusal);
    expect(await rig.refused('spend', token, { nonce, connection: 'toy-two' })).toMatchObject(refusal);
    expect(upstream.seen).toHaveLength(1);
  });

  it('knows a call again although the operator’s file changed in between', async () => {
    const nonce = newNonce();
    const baseUrl = upstream.url;
    const first = await rig.call('spend', token, { nonce, baseUrl });
    rig.connections = [toyConnection('https://moved.example.com')];
    expect(await rig.call('spend', token, { nonce, baseUrl })).toEqual(first);
    rig.connections = [];
    expect(await rig.call('spend', token, { nonce, baseUrl })).toEqual(first);
  });

  it('does not remember the nonce of a call that it refused', async () => {
    const nonce = newNonce();
    await rig.refused('spend', { refresh_token: 'x'.repeat(101) }, { nonce });
    expect(await rig.call('spend', token, { nonce })).toMatchObject({ phase: 'answered' });
  });
});

describe('rule 7: outcome, fences and the boot', () => {
  it('forbids a nonce that was never seen, so that it will never be sent', async () => {
    const nonce = newNonce();
    expect(await rig.outcome(nonce, rig.gateway.boot)).toEqual({ state: 'fenced' });
    expect(await rig.call('spend', token, { nonce })).toMatchObject({ phase: 'not-sent', cause: { code: 'fenced' } });
    expect(await rig.outcome(nonce, rig.gateway.boot)).toEqual({ state: 'fenced' });
    expect(upstream.connections).toBe(0);
  });

  it('answers a call of another boot with unknown, even for a connection that is gone, and sends nothing', async () => {
    const call = { nonce: newNonce(), boot: 'an-earlier-life' };
    expect(await rig.call('spend', token, call)).toMatchObject({
      phase: 'sent',
      status: null,
      cause: { code: 'other-boot' },
    });
    expect(await rig.call('spend', token, { ...call, connection: 'no-longer-there' })).toMatchObject({ phase: 'sent' });
    expect(await rig.outcome(call.nonce, call.boot)).toEqual({ state: 'unknown' });
    expect(upstream.connections).toBe(0);
  });

  it('knows nothing of a nonce under another boot, and forbids nothing then', async () => {
    const [used, unused] = [newNonce(), newNonce()];
    await rig.call('spend', token, { nonce: used });
    expect(await rig.outcome(used, 'an-earlier-life')).toEqual({ state: 'unknown' });
    expect(await rig.outcome(unused, 'an-earlier-life')).toEqual({ state: 'unknown' });
    expect(await rig.call('spend', token, { nonce: unused })).toMatchObject({ phase: 'answered' });
  });

  it('drops an answer after 120 s, and then says unknown, not never seen', async () => {
    const nonce = newNonce();
    await rig.call('spend', token, { nonce });
    rig.passMs(limits.answerKeptMs - 1_000);
    expect(await rig.outcome(nonce, rig.gateway.boot)).toMatchObject({ state: 'answered' });
    rig.passMs(1_001);
    expect(await rig.outcome(nonce, rig.gateway.boot)).toEqual({ state: 'unknown' });
    expect(await rig.call('spend', token, { nonce })).toMatchObject({ phase: 'sent', status: null });
    expect(await rig.refused('end', token, { nonce })).toMatchObject({ type: 'nonce-reused' });
    expect(upstream.seen).toHaveLength(1);
  });

  it('drops the oldest answers where they are too many bytes, and remembers their nonces', async () => {
    upstream.answers((_, response) => response.end('x'.repeat(1_000)));
    const nonces = [newNonce(), newNonce(), newNonce(), newNonce()] as const;
    for (const nonce of nonces) await rig.call('spend', token, { nonce });
    expect(await rig.outcome(nonces[0], rig.gateway.boot)).toEqual({ state: 'unknown' });
    expect(await rig.call('spend', token, { nonce: nonces[0] })).toMatchObject({ phase: 'sent' });
    expect(await rig.outcome(nonces[1], rig.gateway.boot)).toMatchObject({ state: 'answered' });
    expect(upstream.seen).toHaveLength(4);
  });

  it('changes its boot where the nonces are too many, and all of them become unknown', async () => {
    const nonce = newNonce();
    const before = rig.gateway.boot;
    await rig.call('spend', token, { nonce });
    for (let fenced = 1; fenced < limits.noncesMax; fenced += 1) await rig.outcome(newNonce(), before);
    expect(rig.gateway.boot).toBe(before);
    expect(await rig.outcome(newNonce(), before)).toEqual({ state: 'unknown' });
    expect(rig.gateway.boot).not.toBe(before);
    expect(await rig.outcome(nonce, before)).toEqual({ state: 'unknown' });
    expect(await rig.call('spend', token, { nonce, boot: before })).toMatchObject({
      phase: 'sent',
      cause: { code: 'other-boot' },
    });
    expect((await rig.hello()).boot).toBe(rig.gateway.boot);
    expect(upstream.seen).toHaveLength(1);
  });
});

describe('a parked code', () => {
  const callback = (path: string, headers: Record<string, string | undefined> = {}) =>
    rig.raw({
      path: `/callback/${path}`,
      headers: {
        'x-keyward': undefined,
        'content-type': undefined,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-dest': 'document',
        ...headers,
      },
    });
  const park = async (state: string, ask = false): Promise<unknown> =>
    JSON.parse((await rig.post('/gw/v1/park', { connection: 'toy-one', state, ...(ask ? { ask } : {}) })).text);
  /** Where the browser is sent on to, by an answer that holds nothing else. */
  const landing = async (path: string): Promise<unknown> => {
    const { status, headers, text } = await callback(path);
    expect([status, text]).toEqual([303, '']);
    expect(headers.location).not.toMatch(/code|state/);
    return headers.location;
  };
  const taken = '/signed-in?outcome=taken';
  const notKnown = '/signed-in?outcome=unknown';

  it('waits under an announced state, goes into the token call, and is gone', async () => {
    const state = newNonce();
    expect(await park(state)).toEqual({ state: 'waiting' });
    const arrived = await callback(`toy-one?code=canary-code&state=${state}`);
    expect([arrived.status, arrived.headers.location, arrived.text]).toEqual([303, taken, '']);
    expect(arrived.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect(await park(state, true)).toEqual({ state: 'ready' });
    await rig.call('exchange', { code: { parked: state } }, { nonce: newNonce() });
    expect(upstream.seen).toMatchObject([{ body: 'code=canary-code' }]);
    expect(await park(state, true)).toEqual({ state: 'unknown' });
    expect(await rig.refused('exchange', { code: { parked: state } }, { nonce: newNonce() })).toMatchObject({
      type: 'bad-parameter',
    });
    expect(upstream.seen).toHaveLength(1);
  });

  it('is not taken for a state that nobody announced, of another connection, or used', async () => {
    const state = newNonce();
    expect(await landing(`toy-one?code=c&state=${state}`)).toBe(notKnown);
    await park(state);
    expect(await landing(`toy-two?code=c&state=${state}`)).toBe(notKnown);
    expect(await landing(`toy-one?code=c&code=d&state=${state}`)).toBe(notKnown);
    expect(await landing(`toy-one?code=c&state=${state}`)).toBe(taken);
    expect(await landing(`toy-one?code=d&state=${state}`)).toBe(notKnown);
    await rig.call('exchange', { code: { parked: state } }, { nonce: newNonce() });
    expect(upstream.seen).toMatchObject([{ body: 'code=c' }]);
  });

  it('is not taken from an image or a frame of a foreign page', async () => {
    const state = newNonce();
    await park(state);
    const image = await callback(`toy-one?code=c&state=${state}`, { 'sec-fetch-dest': 'image' });
    expect(image.status).toBe(403);
    expect(await park(state, true)).toEqual({ state: 'waiting' });
  });

  it('is dropped after 120 s, and an announced state after ten minutes', async () => {
    const [early, late] = [newNonce(), newNonce()];
    await park(early);
    rig.passMs(599_000);
    expect(await landing(`toy-one?code=c&state=${early}`)).toBe(taken);
    rig.passMs(119_000);
    expect(await park(early, true)).toEqual({ state: 'ready' });
    rig.passMs(1_001);
    expect(await park(early, true)).toEqual({ state: 'unknown' });
    await park(late);
    rig.passMs(600_001);
    expect(await landing(`toy-one?code=c&state=${late}`)).toBe(notKnown);
  });

  it('tells a refusal of the vendor by its code alone', async () => {
    const states = [newNonce(), newNonce()] as const;
    await Promise.all(states.map((state) => park(state)));
    const refused = `toy-one?error=access_denied&error_description=canary&state=${states[0]}`;
    expect(await landing(refused)).toBe('/signed-in?outcome=refused');
    expect(await park(states[0], true)).toEqual({ state: 'refused', error: 'access_denied' });
    await callback(`toy-one?error=%3Cb%3Ecanary&state=${states[1]}`);
    expect(await park(states[1], true)).toEqual({ state: 'refused' });
  });

  it('is refused and dropped once nobody waits for it any more', async () => {
    const [before, after] = [newNonce(), newNonce()];
    const withdraw = async (state: string): Promise<unknown> =>
      JSON.parse((await rig.post('/gw/v1/park', { connection: 'toy-one', state, withdraw: true })).text);
    await park(before);
    expect(await withdraw(before)).toEqual({ state: 'unknown' });
    expect(await landing(`toy-one?code=c&state=${before}`)).toBe(notKnown);
    await park(after);
    await callback(`toy-one?code=c&state=${after}`);
    expect(await withdraw(after)).toEqual({ state: 'unknown' });
    expect(await rig.refused('exchange', { code: { parked: after } }, { nonce: newNonce() })).toMatchObject({
      type: 'bad-parameter',
    });
    const both = { connection: 'toy-one', state: before, ask: true, withdraw: true };
    expect((await rig.post('/gw/v1/park', both)).status).toBe(400);
  });

  it('needs a state that cannot be guessed and a connection that exists', async () => {
    expect((await rig.post('/gw/v1/park', { connection: 'toy-one', state: 'short' })).status).toBe(400);
    expect((await rig.post('/gw/v1/park', { connection: 'toy-two', state: newNonce() })).status).toBe(404);
  });
});
