// @vitest-environment node
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Envelope } from '../src/http/envelope.ts';
import { newNonce } from '../test/gateway-rig.ts';
import { startUpstream, type Upstream } from '../test/upstream.ts';

const outDir = 'node_modules/.cache/keyward-gateway-child';
let upstream: Upstream;
let port: number;

interface Running {
  readonly process: ChildProcess;
  readonly boot: string;
}

async function startGateway(): Promise<Running> {
  const child = spawn(process.execPath, [`${outDir}/gateway-child.js`, String(port), upstream.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [boot] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]; // it writes one line
  return { process: child, boot };
}

async function kill({ process: child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A port that was free on both loopback addresses a moment ago. */
async function freePort(): Promise<number> {
  const { listen } = await import('./listen.ts');
  const listening = await listen(() => undefined, 0);
  await listening.close(true);
  return listening.port;
}

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: 'test/gateway-child.ts', outDir, emptyOutDir: true, target: 'node20' },
  });
});

beforeEach(async () => {
  upstream = await startUpstream();
  port = await freePort();
});
afterEach(() => upstream.close());

/** What a connection gave until it ended or `enough` said so. */
function converse(socket: Socket, text: string, enough: (received: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const settle = (): void => {
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      resolve(received);
    };
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (enough(received)) settle();
    });
    socket.on('error', settle);
    socket.on('close', settle);
    if (socket.destroyed) settle();
    else socket.write(text);
  });
}

const requestText = (path: string, body?: object): string => {
  const json = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${body ? 'POST' : 'GET'} ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    'X-Keyward: 1',
    'Sec-Fetch-Site: same-origin',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(json)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${json}`;
};

const whole = (received: string): boolean => received.includes('\r\n0\r\n\r\n') || /\r\n\r\n\{.*\}$/s.test(received);

/** The JSON of a reply, chunked or not, or undefined where it was cut. */
function jsonOf(received: string): unknown {
  const text = received.slice(received.indexOf('\r\n\r\n') + 4).replace(/(?:^|\r\n)[0-9a-f]+\r\n/g, '');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// What this call answers.
const envelopeOf = (received: string): Envelope | undefined => jsonOf(received) as Envelope | undefined;

async function openConnection(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/**
 * A POST as Chromium makes it: over a connection that was used before; if that dies before a byte of the answer, the same
 * POST goes out again over a new one, as soon as somebody listens there.
 */
async function postAsChromium(path: string, body: object, again: () => Promise<void>, posting?: () => void) {
  const socket = await openConnection();
  await converse(socket, requestText('/gw/v1/hello'), whole);
  posting?.();
  const received = await converse(socket, requestText(path, body), whole);
  socket.destroy();
  if (received !== '') return { sentTwice: false, envelope: envelopeOf(received) };
  await again();
  const second = await openConnection();
  const envelope = envelopeOf(await converse(second, requestText(path, body), whole));
  second.destroy();
  return { sentTwice: true, envelope };
}

async function askOutcome(nonce: string, boot: string): Promise<unknown> {
  const socket = await openConnection();
  const outcome = jsonOf(await converse(socket, requestText('/gw/v1/outcome', { nonce, boot }), whole));
  socket.destroy();
  return outcome;
}

const spend = '/gw/v1/call/toy-one/spend';
const bodyOf = (nonce: string, boot: string): object => ({
  baseUrl: upstream.url,
  params: { refresh_token: `not-a-real-token-${nonce}` },
  nonce,
  boot,
});

describe('a gateway that is killed while a spend call is under way', () => {
  it('is not called again, because the head of its answer was there; the next one says unknown', async () => {
    const first = await startGateway();
    upstream.answers(() => undefined);
    const nonce = newNonce();
    const posted = postAsChromium(spend, bodyOf(nonce, first.boot), () => Promise.resolve());
    await upstream.arrived(1);
    await kill(first);
    expect(await posted).toEqual({ sentTwice: false, envelope: undefined });

    const second = await startGateway();
    expect(second.boot).not.toBe(first.boot);
    expect(await askOutcome(nonce, first.boot)).toEqual({ state: 'unknown' });
    expect(upstream.seen).toHaveLength(1);
    await kill(second);
  });

  it('and a POST that the browser sends again to its successor spends nothing', async () => {
    const first = await startGateway();
    upstream.answers(() => undefined);
    const body = bodyOf(newNonce(), first.boot);
    void postAsChromium(spend, body, () => Promise.resolve());
    await upstream.arrived(1);
    await kill(first);
    const second = await startGateway();
    const again = await postAsChromium(spend, body, () => Promise.resolve());
    expect(again.envelope).toMatchObject({ phase: 'sent', cause: { code: 'other-boot' }, boot: second.boot });
    expect(upstream.seen).toHaveLength(1);
    await kill(second);
  });

  it('never makes two calls at the vendor, whenever it is killed', async () => {
    const kinds = { once: 0, twice: 0 };
    // From before the POST is on its way to after its answer is out.
    for (const delayMs of [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 1_000]) {
      const first = await startGateway();
      const before = upstream.seen.length;
      upstream.answers((_, response) => void setTimeout(() => response.end('{"new":"pair"}'), 3));
      let second: Running | undefined;
      const posted = postAsChromium(
        spend,
        bodyOf(newNonce(), first.boot),
        async () => {
          second = await startGateway();
        },
        () => {
          if (delayMs < 0) first.process.kill('SIGKILL');
          else setTimeout(() => first.process.kill('SIGKILL'), delayMs);
        },
      );
      const { sentTwice, envelope } = await posted;
      await kill(first);
      const spent = upstream.seen.length - before;
      expect(spent).toBeLessThanOrEqual(1);
      // Nobody may be told that it was not sent when it was.
      if (spent === 1) expect(envelope?.phase).not.toBe('not-sent');
      kinds[sentTwice ? 'twice' : 'once'] += 1;
      if (second) await kill(second);
    }
    // Both must have been tried, or the rounds above showed nothing.
    expect(kinds.once).toBeGreaterThan(0);
    expect(kinds.twice).toBeGreaterThan(0);
  });
});
