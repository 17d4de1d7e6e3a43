import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callRequest,
  envelope,
  hangUp,
  headFirst,
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

describe('a call', () => {
  it('posts JSON to the gateway under the names of connection and operation, with nothing secret in the address', async () => {
    gateway.answer = (response) => {
      headFirst(response);
      response.end(JSON.stringify(envelope()));
    };
    const reply = await gateway.caller.call(callRequest({ nonce: 'nonce-1', boot: 'boot-1' }));
    expect(reply.envelope).toMatchObject({ phase: 'answered', status: 200 });
    expect(reply.json).toEqual({ a: 1 });
    expect(gateway.arrived).toHaveLength(1);
    expect(gateway.arrived[0]).toMatchObject({ method: 'POST', path: '/gw/v1/call/demo%20one/read%2Fit' });
    expect(gateway.arrived[0]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'x-keyward': '1',
      'cache-control': 'no-cache',
    });
    expect(gateway.arrived[0]?.headers).not.toHaveProperty('referer');
    expect(JSON.parse(gateway.arrived[0]?.body ?? '')).toEqual({
      baseUrl: 'https://vendor.example/auth',
      params: { token: 'canary-not-a-real-token' },
      nonce: 'nonce-1',
      boot: 'boot-1',
    });
  });

  it('leaves nonce and boot out where there are none', async () => {
    gateway.answer = json(envelope());
    await gateway.caller.call(callRequest());
    expect(Object.keys(JSON.parse(gateway.arrived[0]?.body ?? '') as object)).toEqual(['baseUrl', 'params']);
  });

  it('gives undefined for a body that is not JSON, and does not mind the content type', async () => {
    gateway.answer = json(envelope({ body: '<html>' }));
    expect((await gateway.caller.call(callRequest())).json).toBeUndefined();
    gateway.answer = json(envelope({ body: '{"a":1}', headers: { 'content-type': 'text/html' } }));
    expect((await gateway.caller.call(callRequest())).json).toEqual({ a: 1 });
    gateway.answer = json(envelope({ body: 'null' }));
    expect((await gateway.caller.call(callRequest())).json).toBeNull();
  });

  it('records what became of it, and nothing of what was in it', async () => {
    gateway.answer = json(envelope({ status: 401, body: '{"canary":"canary-body"}' }));
    await gateway.caller.call(callRequest());
    await gateway.caller.call(callRequest({ operation: 'other', effect: 'end' }));
    expect(gateway.records).toMatchObject([
      {
        id: 1,
        connection: 'demo one',
        operation: 'read/it',
        effect: 'read',
        phase: 'answered',
        status: 401,
        cause: null,
      },
      { id: 2, operation: 'other', effect: 'end' },
    ]);
    expect(gateway.records[0]?.durationMs).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(gateway.records)).not.toContain('canary');
  });

  it('hands on a call that the gateway did not send', async () => {
    gateway.answer = json(
      envelope({ phase: 'not-sent', status: null, cause: { code: 'unknown-host', detail: 'vendor.example' } }),
    );
    const reply = await gateway.caller.call(callRequest({ effect: 'spend' }));
    expect(reply.envelope).toMatchObject({
      phase: 'not-sent',
      cause: { code: 'unknown-host', detail: 'vendor.example' },
    });
    expect(gateway.arrived).toHaveLength(1);
  });
});

describe('a refusal of the gateway', () => {
  const problem = (code: unknown, detail?: string): Answer =>
    json({ type: 'x', title: 'It was refused.', status: 422, code, detail }, 422, 'application/problem+json');

  it.each(['bad-parameter', 'base-url-changed', 'gateway-refused'] as const)('is not sent: %s', async (code) => {
    gateway.answer = problem(code, '“otp” is too long.');
    const { envelope: became } = await gateway.caller.call(callRequest({ effect: 'slot' }));
    expect(became).toMatchObject({ phase: 'not-sent', status: null, cause: { code, detail: '“otp” is too long.' } });
  });

  it('is not sent, whatever its code', async () => {
    gateway.answer = problem('something-new');
    expect((await gateway.caller.call(callRequest())).envelope).toMatchObject({
      phase: 'not-sent',
      cause: { code: 'gateway-refused', detail: 'It was refused.' },
    });
    gateway.answer = (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here');
    expect((await gateway.caller.call(callRequest())).envelope).toMatchObject({
      phase: 'not-sent',
      cause: { code: 'gateway-refused' },
    });
  });

  it('of a call for another life is not known to be unsent: a browser may have posted it twice', async () => {
    gateway.answer = problem('other-boot');
    expect((await gateway.caller.call(callRequest({ effect: 'spend' }))).envelope).toMatchObject({
      phase: 'sent',
      cause: { code: 'other-boot' },
    });
  });
});

describe('an answer that does not come', () => {
  it('is sent, and says so, where the connection dies before the head', async () => {
    gateway.answer = hangUp;
    const { envelope: became } = await gateway.caller.call(callRequest({ effect: 'spend' }));
    expect(became).toMatchObject({ phase: 'sent', status: null, boot: null, cause: { code: 'gateway-unreachable' } });
    expect(gateway.arrived).toHaveLength(1);
  });

  it('is sent where the connection dies after the head', async () => {
    gateway.answer = (response) => {
      headFirst(response);
      response.write('{"phase":', () => response.socket?.destroy());
    };
    const { envelope: became } = await gateway.caller.call(callRequest({ effect: 'spend' }));
    expect(became).toMatchObject({ phase: 'sent', cause: { code: 'gateway-unreachable' } });
  });

  it.each([
    ['truncated JSON', '{"phase":"answered"'],
    ['an empty body', ''],
    ['an envelope of another shape', '{"phase":"done","status":200}'],
    ['a list', '[]'],
  ])('is sent where the gateway says %s', async (_, body) => {
    gateway.answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    expect((await gateway.caller.call(callRequest({ effect: 'spend' }))).envelope).toMatchObject({
      phase: 'sent',
      cause: { code: 'gateway-unreachable' },
    });
  });

  it('is sent where the gateway fails, and where it redirects, which is never followed', async () => {
    gateway.answer = (response) => response.writeHead(500).end();
    expect((await gateway.caller.call(callRequest({ effect: 'spend' }))).envelope.phase).toBe('sent');
    gateway.answer = (response) => response.writeHead(307, { location: '/gw/v1/elsewhere' }).end();
    expect((await gateway.caller.call(callRequest({ effect: 'spend' }))).envelope.phase).toBe('sent');
    expect(gateway.arrived.map(({ path }) => path)).not.toContain('/gw/v1/elsewhere');
  });

  it('is given up after the time, as sent', async () => {
    const impatient = gateway.impatient(60);
    gateway.answer = headFirst;
    const { envelope: became } = await impatient.call(callRequest({ effect: 'slot' }));
    expect(became).toMatchObject({ phase: 'sent', cause: { code: 'timeout' } });
  });

  it('is sent where it is called off under way, and not where it is called off before', async () => {
    const stop = new AbortController();
    gateway.answer = (response) => {
      headFirst(response);
      stop.abort();
    };
    const late = await gateway.caller.call(callRequest({ effect: 'mint', signal: stop.signal }));
    expect(late.envelope).toMatchObject({ phase: 'sent', cause: { code: 'aborted' } });
    const early = await gateway.caller.call(callRequest({ effect: 'mint', signal: stop.signal }));
    expect(early.envelope).toMatchObject({ phase: 'not-sent', cause: { code: 'aborted' } });
    expect(gateway.arrived).toHaveLength(1);
  });

  it('is reported for a gateway that is not there at all', async () => {
    await gateway.close();
    const { envelope: became } = await gateway.caller.call(callRequest({ effect: 'end' }));
    expect(became).toMatchObject({ phase: 'sent', cause: { code: 'gateway-unreachable' } });
  });
});

describe('a second try', () => {
  const dieOnce: Answer = (response, each) => {
    (gateway.arrived.length === 1 ? hangUp : json(envelope()))(response, each);
  };

  it('is made once for a read whose answer was lost, after a pause', async () => {
    gateway.answer = dieOnce;
    const reply = await gateway.caller.call(callRequest());
    expect(reply.envelope.phase).toBe('answered');
    expect(gateway.arrived).toHaveLength(2);
    expect(gateway.pauses).toHaveLength(1);
    expect(gateway.records.map(({ phase }) => phase)).toEqual(['sent', 'answered']);
  });

  it('is made for a read that the vendor cut, and never a third', async () => {
    gateway.answer = json(envelope({ phase: 'sent', status: 200, cause: { code: 'cut' } }));
    expect((await gateway.caller.call(callRequest())).envelope.cause?.code).toBe('cut');
    expect(gateway.arrived).toHaveLength(2);
  });

  it('asks for the answer of a read with a nonce, and does not bring it to the vendor again', async () => {
    const once = callRequest({ nonce: 'n'.repeat(22), boot: 'boot-1' });
    gateway.answer = json(envelope({ phase: 'sent', status: null, cause: { code: 'cut' } }));
    expect((await gateway.caller.call(once)).envelope.cause?.code).toBe('cut');
    expect(gateway.arrived).toHaveLength(1);

    gateway.answer = (response, each) => (gateway.arrived.length === 2 ? hangUp : json(envelope()))(response, each);
    expect((await gateway.caller.call(once)).envelope.phase).toBe('answered');
    expect(gateway.arrived).toHaveLength(3);
    expect(gateway.arrived[2]?.body).toBe(gateway.arrived[1]?.body);
  });

  it.each(['change', 'end', 'mint', 'create', 'spend', 'slot'] as const)('is never made for %s', async (effect) => {
    gateway.answer = dieOnce;
    expect((await gateway.caller.call(callRequest({ effect }))).envelope.phase).toBe('sent');
    expect(gateway.arrived).toHaveLength(1);
  });

  it('is not made where waiting again would be the same, or nothing was sent', async () => {
    gateway.answer = json(envelope({ phase: 'sent', status: null, cause: { code: 'timeout' } }));
    await gateway.caller.call(callRequest());
    gateway.answer = json(envelope({ phase: 'not-sent', status: null, cause: { code: 'connection-refused' } }));
    await gateway.caller.call(callRequest());
    expect(gateway.arrived).toHaveLength(2);
  });
});

describe('offline', () => {
  beforeEach(() => {
    gateway.online = false;
  });

  it('sends nothing, and knows it', async () => {
    const { envelope: became } = await gateway.caller.call(callRequest({ effect: 'spend' }));
    expect(became).toMatchObject({ phase: 'not-sent', cause: { code: 'offline' } });
    expect(gateway.arrived).toHaveLength(0);
  });

  it('still reaches a server on this machine, after asking the gateway something harmless', async () => {
    const hello = { boot: 'boot-1', connections: [], configurationFaults: [], demo: true };
    gateway.answer = (response, each) => {
      json(each.path === '/gw/v1/hello' ? hello : envelope())(response, each);
    };
    for (const baseUrl of ['http://localhost:4711/auth', 'http://127.0.0.1:4711', 'http://[::1]:4711']) {
      expect((await gateway.caller.call(callRequest({ effect: 'slot', baseUrl }))).envelope.phase).toBe('answered');
    }
    expect(gateway.arrived.map(({ path }) => path?.split('/')[3])).toEqual([
      'hello',
      'call',
      'hello',
      'call',
      'hello',
      'call',
    ]);
  });

  it('is certain that nothing was sent where the gateway cannot be reached either', async () => {
    gateway.answer = hangUp;
    const reply = await gateway.caller.call(callRequest({ effect: 'slot', baseUrl: 'http://localhost:4711/auth' }));
    expect(reply.envelope).toMatchObject({ phase: 'not-sent', cause: { code: 'offline' } });
    expect(gateway.arrived.map(({ path }) => path)).toEqual(['/gw/v1/hello']);
  });

  it.each(['http://localhost.example/', 'http://127.0.0.1.example/', 'not a url'])(
    'does not take %s for this machine',
    async (baseUrl) => {
      expect((await gateway.caller.call(callRequest({ baseUrl }))).envelope.cause?.code).toBe('offline');
      expect(gateway.arrived).toHaveLength(0);
    },
  );
});

describe('the server’s clock', () => {
  const date = (ms: number) => ({ date: new Date(ms).toUTCString() });

  it('is measured from the Date of an answer', async () => {
    gateway.answer = (response, each) => {
      json(envelope({ headers: date(Date.now() + 600_000) }))(response, each);
    };
    await gateway.caller.call(callRequest());
    expect(Math.abs(gateway.clocks.offsetMs('demo one') - 600_000)).toBeLessThan(1_500);
  });

  it('is not measured from an answer that the gateway kept for a nonce', async () => {
    const earlierMs = Date.now() - 60_000;
    gateway.answer = json(envelope({ headers: date(earlierMs), sentAtMs: earlierMs, receivedAtMs: earlierMs + 5 }));
    await gateway.caller.call(callRequest({ effect: 'mint', nonce: 'n', boot: 'b' }));
    expect(gateway.clocks.estimate('demo one')).toBeUndefined();
    gateway.answer = (response, each) => {
      json(envelope({ headers: date(Date.now()) }))(response, each);
    };
    await gateway.caller.call(callRequest({ effect: 'mint', nonce: 'n', boot: 'b' }));
    expect(gateway.clocks.estimate('demo one')).toBeDefined();
  });

  it('is not measured where nobody answered', async () => {
    gateway.answer = json(
      envelope({ phase: 'sent', status: null, headers: date(Date.now()), cause: { code: 'timeout' } }),
    );
    await gateway.caller.call(callRequest());
    expect(gateway.clocks.estimate('demo one')).toBeUndefined();
  });
});
