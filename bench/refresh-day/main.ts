/** Sends all libraries through the same days, and says in tables what became of their sessions. */
import { day } from './day.ts';
import { keyward } from './keyward.ts';
import { liveThrough } from './live-through.ts';
import { msalBrowser, msalBrowserAsItComes } from './msal-browser.ts';
import { oidcClient, oidcClientPerTab } from './oidc-client-ts.ts';
import { emptyTally, type Tally } from './witness.ts';

const isQuick = process.argv.includes('--quick');
const DAYS = isQuick ? 1 : 10;
/** Sessions that Keyward may lose a day: those whose new pair never reached this computer. */
const UNKEEPABLE = day.filter(({ pairIsLost }) => pairIsLost).length;

const beside = [keyward, oidcClient, oidcClientPerTab, msalBrowser];
const contestants = isQuick ? beside : [...beside, msalBrowserAsItComes];

/** Sums over all days, scene by scene. */
const results = new Map<string, readonly Tally[]>();
for (const contestant of contestants) {
  const sums = day.map(emptyTally);
  for (let seed = 1; seed <= DAYS; seed += 1) {
    const tallies = await liveThrough(contestant, seed);
    tallies.forEach((tally, at) => {
      const sum = sums[at];
      if (sum) add(sum, tally);
    });
  }
  results.set(contestant.name, sums);
}

tellTotals();
tellScenes();
process.exitCode = verdict() ? 0 : 1;

function add(sum: Tally, tally: Tally): void {
  for (const name of ['requests', 'burnt', 'probes', 'lost', 'calls', 'unserved'] as const) sum[name] += tally[name];
}

function totalOf(tallies: readonly Tally[]): Tally {
  const total = emptyTally();
  for (const tally of tallies) add(total, tally);
  return total;
}

function aDay(count: number): string {
  const mean = count / DAYS;
  return Number.isInteger(mean) ? String(mean) : mean.toFixed(1);
}

function share({ calls, unserved }: Tally): string {
  return `${((100 * unserved) / calls).toFixed(1)} %`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tellTotals(): void {
  console.log(`\nMean of ${DAYS} simulated ${DAYS === 1 ? 'day' : 'days'}; access tokens of 300 s, two tabs\n`);
  console.log(row(['', 'refreshes', 'spent tokens presented', 'sessions lost', 'calls without a token']));
  console.log(row(['---', '---:', '---:', '---:', '---:']));
  for (const [name, tallies] of results) {
    const total = totalOf(tallies);
    const marked = total.probes > 0 ? ` + ${aDay(total.probes)} marked` : '';
    console.log(row([name, aDay(total.requests), aDay(total.burnt) + marked, aDay(total.lost), share(total)]));
  }
}

function tellScenes(): void {
  const names = beside.map(({ name }) => name);
  console.log('\nSessions lost · spent tokens presented · calls without a token, scene by scene, a day\n');
  console.log(row(['', ...names]));
  console.log(row(['---', ...names.map(() => '---:')]));
  day.forEach(({ words, pairIsLost }, at) => {
    const cells = names.map((name) => {
      const tally = results.get(name)?.[at] ?? emptyTally();
      return `${aDay(tally.lost)} · ${aDay(tally.burnt)} · ${share(tally)}`;
    });
    console.log(row([pairIsLost ? `${words} (*)` : words, ...cells]));
  });
  console.log('\n(*) Nobody can keep this session: the new pair never left the server whole.');
}

function verdict(): boolean {
  const own = results.get(keyward.name) ?? [];
  const keepable = totalOf(own.filter((_, at) => !day[at]?.pairIsLost));
  const total = totalOf(own);
  console.log(
    `\nKeyward: ${total.burnt} spent tokens presented unmarked, ${keepable.lost} sessions lost that could be kept`,
  );
  return total.burnt === 0 && keepable.lost === 0 && total.lost <= UNKEEPABLE * DAYS;
}
