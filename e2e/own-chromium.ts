/** A Chromium that a test starts by hand: one that can be killed, or one that nobody drives. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Browser } from '@playwright/test';
import { launchOptions, ownArguments } from './browser.ts';

export interface OwnChromium {
  /** `http://127.0.0.1:<port>` of its developer tools. */
  readonly tools: string;
  /** Drives it from now on; closing what this gives only lets go of it. */
  drive(): Promise<Browser>;
  /** Ends a driven browser in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Harmless when repeated, and after `kill`. */
  close(): Promise<void>;
}

const startSecondsMax = 30;

/** `folder`: its profile. It ends with this process, however that ends. */
export async function startChromium(folder: string, flags: readonly string[] = []): Promise<OwnChromium> {
  const args = [
    ...ownArguments,
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${folder}`,
    '--password-store=basic',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--window-size=1280,900',
    ...flags,
    'about:blank',
  ];
  const leash = spawn(process.execPath, ['scripts/leash.mjs', launchOptions.executablePath, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const gone = once(leash, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const tooLate = setTimeout(() => reject(new Error(`Chromium did not start:\n${said}`)), startSecondsMax * 1000);
    leash.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const [, found] = /DevTools listening on ws:\/\/(\S+?)\//.exec(said) ?? [];
      if (found === undefined) return;
      clearTimeout(tooLate);
      resolve(found);
    });
  });
  const tools = `http://${address}`;
  let pid: number | undefined;

  return {
    tools,
    async drive() {
      const browser = await chromium.connectOverCDP(tools);
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      await session.detach();
      pid = processInfo.find(({ type }) => type === 'browser')?.id;
      return browser;
    },
    async kill() {
      if (leash.exitCode !== null || pid === undefined) throw new Error('There is no browser that was driven.');
      process.kill(pid, 'SIGKILL');
      await gone;
    },
    async close() {
      leash.stdin.end();
      await gone;
    },
  };
}
