import { findChromium } from '../scripts/chromium.mjs';

/**
 * The browser of every test that runs in one: the system's Chromium, or the one that `npm test` installs. A page of ours
 * is a page of `localhost` and never of 127.0.0.1: passkeys take no address for a name.
 */
export const launchOptions = {
  executablePath: (await findChromium()) ?? '(no Chromium: npm test installs one, CHROMIUM names one)',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
