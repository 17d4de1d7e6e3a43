import type { StandIn } from '../../../stand-ins/stand-in.ts';
import { startHeadlessConsole, type HeadlessConsole } from '../../headless-console.ts';
import type { Target } from './target.ts';

/** The console over its gateway, with a connection to whichever server the target is. */
export function startConsoleAt({ baseUrl }: Target): Promise<HeadlessConsole<object>> {
  const connections = [
    {
      id: 'ocp-target',
      provider: 'ocp',
      name: 'OCP',
      baseUrl,
      settings: { realm: 'master', clientId: 'ocp', sessionLimit: '5' },
    },
  ];
  const server = { baseUrl, connections, env: {}, close: () => Promise.resolve() };
  // Only what a console reads of it: the server itself was started by whoever hands in the target.
  return startHeadlessConsole({ start: () => Promise.resolve(server) } as unknown as StandIn);
}
