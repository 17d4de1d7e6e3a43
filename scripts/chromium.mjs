/** Finds a Chromium for the browser tests, and installs one where there is none. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answers, root } from './tools.mjs';

/** The last version that runs on Node 20; x64 Linux only. It brings the system libraries that it needs. */
const packaged = '@sparticuz/chromium@147.0.0';
const packagedHome = join(root, '.cache', 'chromium');

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * CHROMIUM names another one; set but empty, it leaves out what the system has.
 *
 * @returns {Promise<string | undefined>} Its path.
 */
export async function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  const ofSystem = named === '' ? undefined : known.find(isWorking);
  return ofSystem ?? (await unpackPackaged());
}

/**
 * The same engine without windows, tabs and address bar, which a test pays for in each page that it opens. It hides no page
 * behind another, and gives the clipboard to no gesture.
 *
 * @returns {string | undefined} Its path; undefined where the system has none, or CHROMIUM decides what is taken.
 */
export function findHeadlessShell() {
  const path = '/usr/bin/chromium-headless-shell';
  return process.env.CHROMIUM === undefined && isWorking(path) ? path : undefined;
}

/** On some systems a file of this name only tells how to install the browser. */
const isWorking = (path) => existsSync(path) && (process.platform === 'win32' || answers(path, '--version'));

/**
 * @returns {Promise<string>} The path of a Chromium, installed now if need be. Throws a sentence that says what is missing.
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  if (process.env.CHROMIUM) throw new Error(`CHROMIUM names ${process.env.CHROMIUM}, which does not exist.`);
  console.log('No Chromium found; installing one.');
  for (const install of [installWithApt, installPackaged]) {
    install();
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium, and none could be installed here. Install Chromium or Google Chrome, ' +
      'or set CHROMIUM to the path of one, and run the tests again.',
  );
}

function installWithApt() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/etc/debian_version') || process.env.CHROMIUM === '') return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env, timeout: 600_000 });
  run('update', '-q');
  run('install', '-qy', '--no-install-recommends', 'chromium', 'fonts-liberation');
  // Not every system has it, and none needs it.
  run('install', '-qy', '--no-install-recommends', 'chromium-headless-shell');
}

/** Beside node_modules, where neither `npm ci` nor another `npm install` removes it. */
function installPackaged() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  mkdirSync(packagedHome, { recursive: true });
  const npm = [
    'install',
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--prefix',
    packagedHome,
    packaged,
  ];
  try {
    execFileSync('npm', npm, { cwd: packagedHome, stdio: 'inherit' });
  } catch {
    console.error(`npm could not install ${packaged}.`);
  }
}

/**
 * Two things that its makers did for one kind of host: it brings its libraries only where it believes to be on that host,
 * which has to be said before it is imported; and its fonts.conf names one fixed folder, without which the browser ends
 * at once where the system has no fonts.
 */
async function unpackPackaged() {
  const entry = join(packagedHome, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.js');
  if (!existsSync(entry)) return undefined;
  const unpacked = join(packagedHome, 'unpacked');
  mkdirSync(unpacked, { recursive: true });
  const temporary = process.env.TMPDIR;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  process.env.TMPDIR = unpacked;
  try {
    const { default: chromium } = await import(pathToFileURL(entry).href);
    const path = await chromium.executablePath();
    const fonts = [
      `<dir>${unpacked}/fonts</dir>`,
      '<dir>/usr/share/fonts</dir>',
      `<cachedir>${unpacked}/fonts-cache</cachedir>`,
    ];
    writeFileSync(
      join(unpacked, 'fonts', 'fonts.conf'),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${fonts.join('')}</fontconfig>`,
    );
    return path;
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}
