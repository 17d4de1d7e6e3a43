import { createServer, type AddressInfo } from 'node:net';

/** A port of loopback that nobody held a moment ago, for a program that has to be told its port. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo; // a listening TCP server has one
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
