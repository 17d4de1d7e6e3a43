/**
 * A gateway with the toy vendor as a program of its own, so that a test can kill it:
 * `node gateway-child.js <port> <upstream origin>`. Writes its boot id in a line once it listens.
 */
import { randomBytes } from 'node:crypto';
import { createGateway } from '../gateway/app.ts';
import { listen } from '../gateway/listen.ts';
import { toyConnection } from './toy-connection.ts';
import { toyVendors } from './toy-vendor.ts';

const [port = '0', upstream = ''] = process.argv.slice(2);
const connections = [toyConnection(upstream)];
const gateway = createGateway({
  vendors: toyVendors,
  connections: { current: () => ({ connections, faults: [] }) },
  clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
  random: (length) => randomBytes(length),
  demo: false,
  log: () => undefined,
});
await listen(gateway.handler, Number(port));
console.log(gateway.boot);
