/**
 * What the gateway adds to a call, beside nginx `proxy_pass` in the same run: `node bench/gateway-overhead.bench.mjs [--quick]`.
 *
 * One client, one call at a time over a kept connection, the same upstream (a process of its own, 2 KiB of JSON over plain
 * http on loopback), rounds in turn so that both meet the same machine. The built gateway is measured; build it first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROUNDS = process.argv.includes('--quick') ? 2 : 6;
const CALLS_PER_ROUND = 400;
const WARM_UP = 400;

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find((path) => existsSync(path));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const built = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));

if (process.argv[2] === 'upstream') serveUpstream();
else await compare();

function serveUpstream() {
  const body = JSON.stringify({ filler: 'x'.repeat(2_000) });
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(Number(process.argv[3]), '127.0.0.1');
}

async function compare() {
  if (!nginx) {
    console.error('SKIPPED: the gateway was NOT compared, because nginx is not installed.');
    return;
  }
  if (!existsSync(built)) throw new Error('dist/server is missing: run "npm run build" first.');
  const [upstreamPort, nginxPort, gatewayPort] = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  const children = [spawn(process.execPath, [fileURLToPath(import.meta.url), 'upstream', String(upstreamPort)])];
  try {
    children.push(startNginx(nginx, folder, nginxPort, upstreamPort), startGateway(folder, gatewayPort, upstreamPort));
    await Promise.all([upstreamPort, nginxPort, gatewayPort].map(listening));
    report(await measure({ upstreamPort, nginxPort, gatewayPort }));
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} program @param {string} folder @param {number} port @param {number} upstreamPort */
function startNginx(program, folder, port, upstreamPort) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server { listen 127.0.0.1:${port}; keepalive_requests 1000000; location / { proxy_pass http://127.0.0.1:${upstreamPort}; } }
}`,
  );
  return spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' });
}

/** @param {string} folder @param {number} port @param {number} upstreamPort */
function startGateway(folder, port, upstreamPort) {
  const config = join(folder, 'keyward.config.json');
  const connection = { id: 'bench', provider: 'ocp', name: 'Bench', baseUrl: `http://127.0.0.1:${upstreamPort}` };
  writeFileSync(config, JSON.stringify({ connections: [connection] }));
  const program = `import(${JSON.stringify(pathToFileURL(built).href)}).then(({ main }) => main(process.argv.slice(1)))`;
  return spawn(process.execPath, ['-e', program, '--', '--config', config, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** @param {{ upstreamPort: number, nginxPort: number, gatewayPort: number }} ports */
async function measure({ upstreamPort, nginxPort, gatewayPort }) {
  const path = '/realms/master/.well-known/openid-configuration';
  const body = JSON.stringify({ baseUrl: `http://127.0.0.1:${upstreamPort}`, params: {} });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-keyward': '1',
    'sec-fetch-site': 'same-origin',
  };
  const ways = {
    direct: () => call({ port: upstreamPort, path }),
    nginx: () => call({ port: nginxPort, path }),
    gateway: () => call({ port: gatewayPort, path: '/gw/v1/call/bench/discovery', method: 'POST', headers }, body),
  };
  /** @type {Record<keyof typeof ways, number[]>} */
  const took = { direct: [], nginx: [], gateway: [] };
  for (const one of Object.values(ways)) for (let n = 0; n < WARM_UP; n += 1) await one();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, one] of /** @type {[keyof typeof ways, () => Promise<void>][]} */ (Object.entries(ways))) {
      for (let n = 0; n < CALLS_PER_ROUND; n += 1) {
        const startMs = performance.now();
        await one();
        took[name].push(performance.now() - startMs);
      }
    }
  }
  return took;
}

/**
 * @param {import('node:http').RequestOptions} options @param {string} [body]
 * @returns {Promise<void>}
 */
function call(options, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', agent, ...options }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`unexpected status ${response.statusCode}`));
      response.on('end', resolve).on('error', reject).resume();
    });
    outgoing.on('error', reject).end(body);
  });
}

/** @param {Awaited<ReturnType<typeof measure>>} took */
function report(took) {
  /** @param {number[]} list @param {number} share */
  const at = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(list.length * share)] ?? Number.NaN;
  console.log(`${ROUNDS * CALLS_PER_ROUND} calls each, one at a time, milliseconds:`);
  for (const [name, list] of Object.entries(took)) {
    console.log(`  ${name.padEnd(8)} median ${at(list, 0.5).toFixed(3)}   95 % ${at(list, 0.95).toFixed(3)}`);
  }
  const [direct, proxied, ours] = [at(took.direct, 0.5), at(took.nginx, 0.5), at(took.gateway, 0.5)];
  console.log(`  added to a call: nginx ${(proxied - direct).toFixed(3)}, gateway ${(ours - direct).toFixed(3)}`);
  console.log(`  ratio of medians, gateway to nginx: ${(ours / proxied).toFixed(2)}`);
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** @param {number} port @returns {Promise<void>} */
async function listening(port) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const reached = await new Promise((resolve) =>
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    socket.destroy();
    if (reached) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}
