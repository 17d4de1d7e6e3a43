/**
 * The control over HTTP: `POST /control/<id>/<action>` with the action's one JSON value as body. `GET /control` lists the
 * actions. A page of another origin must not reach it, so a request that a browser made for a page is refused.
 */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { listenOnLoopback } from './listen.ts';
import type { Listening } from './listen.ts';
import type { RunningStandIn } from './stand-in.ts';

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startControlPort(
  running: Readonly<Record<string, RunningStandIn>>,
  port: number,
): Promise<Listening> {
  const server = createServer((request, response) => {
    void answer(request, running)
      .catch((error: unknown) => ({ status: 400, body: { error: error instanceof Error ? error.message : 'failed' } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify(body ?? null));
      });
  });
  return listenOnLoopback(server, port);
}

async function answer(request: IncomingMessage, running: Readonly<Record<string, RunningStandIn>>): Promise<Answer> {
  const fromPage = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
  if (fromPage || !loopbackHost.test(request.headers.host ?? '')) {
    return { status: 403, body: { error: 'The control port answers tests on this machine, not pages.' } };
  }
  const path = new URL(request.url ?? '/', 'http://control').pathname;
  if (request.method === 'GET' && path === '/control') {
    return { status: 200, body: Object.fromEntries(Object.values(running).map((one) => [one.id, actionsOf(one)])) };
  }
  const [, root, id = '', action = '', ...rest] = path.split('/');
  const standIn = root === 'control' && Object.hasOwn(running, id) ? running[id] : undefined;
  if (!standIn || rest.length > 0 || !actionsOf(standIn).includes(action)) {
    return { status: 404, body: { error: 'There is no such action.' } };
  }
  if (request.method !== 'POST') return { status: 405, body: { error: 'An action is a POST.' } };

  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  const actions = standIn.control as unknown as Record<string, (value: unknown) => unknown>; // every member is such a function
  return { status: 200, body: await actions[action]?.(value) };
}

const actionsOf = (standIn: RunningStandIn): string[] => Object.keys(standIn.control);
