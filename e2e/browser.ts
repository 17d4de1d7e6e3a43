import { findChromium, findHeadlessShell } from '../scripts/chromium.mjs';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Each window of a test would start them anew: the address bar's list as two pages, and a process kept in reserve. */
const ofWindows = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];

/** What Playwright itself switches off: the browser heeds the last such list alone, so ours repeats it. */
const ofPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

const without = (features: readonly string[]): string => `--disable-features=${features.join(',')}`;

/** Of a browser that Playwright does not start. */
export const ownArguments = [...switches, without(ofWindows)];

/**
 * The browser of every test that runs in one: the system's Chromium, or the one that `npm test` installs. A page of ours
 * is a page of `localhost` and never of 127.0.0.1: passkeys take no address for a name.
 */
export const launchOptions = {
  executablePath: (await findChromium()) ?? '(no Chromium: npm test installs one, CHROMIUM names one)',
  args: [...switches, without([...ofPlaywright, ...ofWindows])],
};

/** For what neither copies nor hides a page behind another. */
export const windowless = { ...launchOptions, executablePath: findHeadlessShell() ?? launchOptions.executablePath };
