import { parseArgs } from 'node:util';

export interface Arguments {
  readonly configFile: string | undefined;
  readonly port: number;
  readonly standIns: boolean;
  readonly host: string;
  readonly help: boolean;
}

const DEFAULT_PORT = 4600;

export const usage = `npm start -- [--config FILE] [--port N] [--no-stand-ins]

  --config FILE     the connections to your servers; keyward.config.example.jsonc shows what it holds
  --port N          ${DEFAULT_PORT} where left out
  --no-stand-ins    without --config: start with no connections instead of the demo`;

/** A sentence for the person who typed the command. */
export class ArgumentFault extends Error {
  override readonly name = 'ArgumentFault';
}

/** Reads the command line. Throws an `ArgumentFault`. */
export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!/^[1-9]\d{0,4}$/.test(String(port)) || port > 65_535) {
    throw new ArgumentFault('--port takes a number from 1 to 65535.');
  }
  return {
    configFile: values.config,
    port,
    standIns: !values['no-stand-ins'] && values.config === undefined,
    host: values.host ?? 'localhost',
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        config: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        'no-stand-ins': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    // parseArgs names the option at fault, which the person typed.
    throw new ArgumentFault(`${error instanceof Error ? error.message : 'Unreadable options.'}\n\n${usage}`);
  }
}
