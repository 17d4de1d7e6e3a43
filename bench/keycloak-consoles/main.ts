/** Goes on the same errands with Keycloak's consoles and with Keyward, in turn, and says in a table what each took. */
import { chromium, type Browser } from '@playwright/test';
import { serveConsole } from '../../e2e/serve.ts';
import type { Credentials, Person, Target } from '../../test/contract/ocp/target.ts';
import { asAdministrator, listOf, signedIn } from '../../test/contract/ocp/wire.ts';
import { startKeycloak } from '../../test/keycloak/server.ts';
import { setUpKeycloak } from '../../test/keycloak/set-up.ts';
import { startStopwatch } from './stopwatch.ts';
import { countTraffic } from './traffic.ts';
import { errands, type Errand, type Visit } from './visits.ts';

export const version = '26.7.4';
const ROUNDS = process.argv.includes('--quick') ? 3 : 10;
/** Neither server is judged by its first answers. */
const WARM_UPS = 2;
/** What a person is seen to have: a few sessions of programs, and where the person looks, the one that looks. */
const ROWS = 4;
const sharesMax = { bytes: 0.25, requests: 0.5, rowsMs: 0.5 } as const;

interface Took {
  readonly bytes: number;
  readonly requests: number;
  /** From the press that signs in to visible rows. */
  readonly rowsMs: number;
  /** From opening the page to visible rows. */
  readonly allMs: number;
}

/** `executablePath`: of a Chromium. */
export async function compare(executablePath: string): Promise<void> {
  const server = await startKeycloak(version, 'production');
  try {
    const target = await setUpKeycloak(server);
    const settings = { realm: 'master', clientId: 'ocp', sessionLimit: '5' };
    const connection = { id: 'iam', provider: 'ocp', name: 'Keycloak', baseUrl: server.baseUrl, settings };
    const keyward = await serveConsole({ vendors: [], connections: [connection] });
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      for (const errand of errands(server.baseUrl, keyward.url)) await carryOut(browser, target, errand);
    } finally {
      await browser.close();
      await keyward.stop();
    }
  } finally {
    await server.stop();
  }
}

async function carryOut(browser: Browser, target: Target, errand: Errand): Promise<void> {
  const whom = await target.addPerson();
  const who = errand.ofAnother ? await target.addPerson({ adminRoles: ['view-users', 'manage-users'] }) : whom;
  const took = new Map<Visit, Took[]>(errand.visits.map((visit) => [visit, []]));
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    for (const visit of errand.visits) {
      await prepare(target, whom, who, errand.ofAnother ? ROWS : ROWS - 1);
      const one = await measure(browser, visit, who, whom);
      if (round >= 0) took.get(visit)?.push(one);
    }
  }
  const [theirs, ours] = errand.visits;
  report(errand, theirs, medians(took.get(theirs) ?? []), medians(took.get(ours) ?? []));
}

/** Nobody has a session, but for those that the rows are to show. */
async function prepare(target: Target, whom: Person, who: Person, sessions: number): Promise<void> {
  for (const { id } of [whom, who]) {
    for (const { id: session } of listOf(await asAdministrator(target, 'GET', `/users/${id}/sessions`))) {
      await asAdministrator(target, 'DELETE', `/sessions/${String(session)}`);
    }
  }
  for (let nth = 0; nth < sessions; nth += 1) await signedIn(target, whom);
}

async function measure(browser: Browser, visit: Visit, who: Credentials, whom: Credentials): Promise<Took> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  try {
    const rows = { css: visit.rows(whom.username), count: ROWS };
    const steps = visit.steps.map(({ sight, take }) => ({ sight: sight(whom.username), take }));
    const watch = await startStopwatch(context, [...steps.map(({ sight }) => sight), rows]);
    const page = await context.newPage();
    const total = await countTraffic(page);
    const openedMs = performance.timeOrigin + performance.now();
    await visit.open(page, who);
    await page.keyboard.press('Enter');
    for (const { sight, take } of steps) {
      await watch.seenMs(sight);
      await take(page, whom.username);
    }
    const seenMs = await watch.seenMs(rows);
    const traffic = await total();
    const drawn = await page.locator(rows.css).count();
    if (drawn !== ROWS) throw new Error(`${visit.name} shows ${drawn} rows instead of ${ROWS}.`);
    return { ...traffic, rowsMs: seenMs - watch.pressedMs(), allMs: seenMs - openedMs };
  } finally {
    await context.close();
  }
}

function medians(took: readonly Took[]): Took {
  const of = (name: keyof Took): number => {
    const sorted = took.map((one) => one[name]).sort((one, other) => one - other);
    const at = (index: number): number => sorted[index] ?? Number.NaN;
    return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
  };
  return { bytes: of('bytes'), requests: of('requests'), rowsMs: of('rowsMs'), allMs: of('allMs') };
}

function report({ words }: Errand, { name }: Visit, theirs: Took, ours: Took): void {
  const cells = ({ bytes, requests, rowsMs, allMs }: Took): readonly string[] => [
    `${(bytes / 1_000).toFixed(0)} kB`,
    requests.toFixed(0),
    `${rowsMs.toFixed(0)} ms`,
    `${allMs.toFixed(0)} ms`,
  ];
  const share = (key: keyof Took): string => (ours[key] / theirs[key]).toFixed(2);
  const line = (values: readonly string[]): string => `| ${values.join(' | ')} |`;
  console.log(
    [
      `\nUntil ${ROWS} rows are seen: ${words}; median of ${ROUNDS}\n`,
      line(['', 'bytes', 'requests', 'from signing in to rows', 'from opening the page']),
      line(['---', '---:', '---:', '---:', '---:']),
      line([name, ...cells(theirs)]),
      line(['Keyward', ...cells(ours)]),
      line(['Keyward’s share', share('bytes'), share('requests'), share('rowsMs'), share('allMs')]),
      line(['at most', String(sharesMax.bytes), String(sharesMax.requests), String(sharesMax.rowsMs), '']),
    ].join('\n'),
  );
  const over = (['bytes', 'requests', 'rowsMs'] as const).filter((key) => !(ours[key] <= theirs[key] * sharesMax[key]));
  if (over.length === 0) return;
  console.error(`Over the limit: ${over.join(', ')}`);
  process.exitCode = 1;
}
