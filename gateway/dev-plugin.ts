import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Plugin, ViteDevServer } from 'vite';
import type { assemble } from './main.ts';

type Assembled = Awaited<ReturnType<typeof assemble>>;

const carried = /^\/(?:gw|callback)\//;
const serverCode = /\/(?:gateway|stand-ins)\/|\/providers\/[^/]+\/(?:operations|settings)\.ts$/;

/**
 * The same gateway behind `npm run dev`: carries `/gw` and `/callback`, with the stand-ins or, where the environment
 * variable KEYWARD_CONFIG names a file, with its connections. An edit of the server's code starts a new gateway at the
 * next call; the console then sees another boot, as after a restart.
 */
export function gatewayInDev(): Plugin {
  let gateway: Promise<Assembled> | undefined;
  const start = async (server: ViteDevServer): Promise<Assembled> => {
    // What `ssrLoadModule` hands over is that module, which only its path tells.
    const module = (await server.ssrLoadModule('/gateway/main.ts')) as { assemble: typeof assemble };
    return module.assemble({
      ...(process.env['KEYWARD_CONFIG'] ? { configFile: process.env['KEYWARD_CONFIG'] } : {}),
      log: (line) => server.config.logger.info(line, { timestamp: true }),
    });
  };
  const stop = async (): Promise<void> => {
    const stopping = gateway;
    gateway = undefined;
    await (await stopping?.catch(() => undefined))?.stop();
  };

  return {
    name: 'keyward-gateway',
    apply: 'serve',
    configureServer(server) {
      if (!server.httpServer) return;
      const handle = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
        if (!carried.test(request.url ?? '')) {
          next();
          return;
        }
        gateway ??= start(server);
        gateway.then(({ handler }) => handler(request, response)).catch(next);
      };
      server.middlewares.use(handle);
      server.watcher.on('change', (file) => {
        if (serverCode.test(file.replaceAll('\\', '/'))) void stop();
      });
      const other = holdOtherLoopback(server);
      server.httpServer.once('close', () => {
        other.close();
        void stop();
      });
    },
  };
}

/**
 * A browser that is told `localhost` may take 127.0.0.1 or [::1], and Vite listens on one of them: whoever held the
 * other would own the console's origin. So the other one serves the same page.
 */
function holdOtherLoopback(server: ViteDevServer): Server {
  const other = createServer(server.middlewares);
  other.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return;
    server.config.logger.error(
      `The other loopback address of this port is not free (${error.code ?? error.name}). Stopping.`,
    );
    void server.close().then(() => process.exit(1));
  });
  // Hot reload listens for the upgrade on the server that Vite made.
  other.on('upgrade', (...upgrade) => server.httpServer?.emit('upgrade', ...upgrade));
  server.httpServer?.once('listening', () => {
    // A server that listens on a port has an address with one.
    const { address, port } = server.httpServer?.address() as AddressInfo;
    other.listen({ port, host: address === '::1' ? '127.0.0.1' : '::1', ipv6Only: true, exclusive: true });
  });
  return other;
}
