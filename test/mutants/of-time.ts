/** Protections of the plan: what is due when, and what is left alone. */
import type { Mutant } from './mutant.ts';

const refresh = 'src/refresh/refresh-session.ts';
const plan = 'src/refresh/plan.ts';

/** Between the plan of a refresh and its call; against a server. */
const betweenPlanAndSend = ['test/between-plan-and-send-over-the-wire.test.ts'];

export const ofTime: readonly Mutant[] = [
  {
    name: 'an uncertain token is probed at once',
    file: plan,
    edits: [['record.uncertain ? endMs - lead :', 'record.uncertain ? 0 :']],
    kills: ['F05', 'F06', 'F07'],
  },
  {
    name: 'what is old by our clock is given up',
    file: refresh,
    edits: [
      [
        'if (record.uncertain?.probed) {',
        'if (record.uncertain?.probed || hands.nowMs() - record.refreshedAtMs > 3_600_000) {',
      ],
    ],
    kills: ['I09'],
  },
  {
    name: 'a late timer is taken for a clock that was set',
    file: 'src/lib/clock.ts',
    edits: [['if (Math.abs(wallStep - monotonicStep) > CLOCK_EVENT_MS)', 'if (wallStep > CLOCK_EVENT_MS)']],
    kills: ['F17'],
  },
  {
    name: 'the clock follows the wall, backwards too',
    file: 'src/lib/clock.ts',
    edits: [['elapsedMs += Math.max(wallStep, monotonicStep, 0);', 'elapsedMs += wallStep;']],
    kills: ['I10', 'F15'],
  },
  {
    name: 'the clock does not count sleep',
    file: 'src/lib/clock.ts',
    edits: [['elapsedMs += Math.max(wallStep, monotonicStep, 0);', 'elapsedMs += Math.max(monotonicStep, 0);']],
    kills: ['F14'],
  },
  {
    name: 'a session that was stored later than now is taken for fresh',
    file: plan,
    edits: [
      ['if (record.refreshedAtMs > around.nowMs + CLOCK_DOUBT_MS) {', 'if (record.refreshedAtMs === Infinity) {'],
    ],
    kills: ['F16'],
  },
  {
    name: 'a token’s age counts from the storing of a late answer',
    file: refresh,
    edits: [['commit(intent, tokens, intent.sentAtMs)', 'commit(intent, tokens, hands.nowMs())']],
    kills: ['I14', 'F10'],
  },
  {
    name: 'refreshed at the end of a life, not before it',
    file: plan,
    edits: [['lifeMs / 2);\n}', 'lifeMs / 2) * 0;\n}']],
    kills: ['I13', 'F18'],
  },
  {
    name: 'a length counts by the server’s clock',
    file: 'src/lib/time.ts',
    edits: [['return expiry.anchorMs + expiry.lifeMs;', 'return expiry.anchorMs + expiry.lifeMs - offsetMs;']],
    kills: ['I18'],
  },
  {
    name: 'a moment counts by our own clock',
    file: 'src/lib/time.ts',
    edits: [['return expiry.serverMs - offsetMs;', 'return expiry.serverMs;']],
    kills: ['F17'],
  },
  {
    name: 'a hidden page has no longer lead',
    file: plan,
    edits: [['visible ? lead : Math.max(lead, LEAD_HIDDEN_MIN_MS)', 'lead']],
    kills: ['F18'],
  },
  {
    name: 'the jitter differs from tab to tab',
    file: plan,
    edits: [['const share = (hash >>> 0) / 2 ** 32;', 'const share = Math.random();']],
    kills: ['I15'],
  },
  {
    name: 'a short life is refreshed in a loop',
    file: plan,
    edits: [
      ["  if (life < LIFE_MIN_MS && !wasRefused) return life <= 0 ? 'over-on-arrival' : 'life-too-short';\n", ''],
    ],
    kills: ['F20'],
  },
  {
    name: 'refreshed although the refresh token ends first',
    file: plan,
    edits: [
      [
        "  if (refreshEndMs !== undefined && refreshEndMs < endMs && !record.lineage.kept) return 'refresh-token-ends-first';\n",
        '',
      ],
    ],
    kills: ['F21'],
  },
  {
    name: 'a token that was refused is refreshed as soon as it came',
    file: plan,
    edits: [
      [
        'const paced = Math.max(earliest, record.refreshedAtMs + Math.max(INTERVAL_MIN_MS, life / 4));',
        'const paced = earliest;',
      ],
    ],
    kills: ['I12'],
  },
  {
    name: 'a try that came to nothing is made again at once',
    file: 'src/refresh/scheduler.ts',
    edits: [['const REST_MS = 10_000;', 'const REST_MS = 0;']],
    kills: ['I12'],
  },
  {
    name: 'a tab sends again what failed in another',
    file: refresh,
    edits: [['const WAIT_MIN_MS = 10_000;', 'const WAIT_MIN_MS = 0;']],
    kills: ['I12'],
  },
  {
    name: 'a tab that waited for its place does not look whether another’s try has failed',
    file: refresh,
    edits: [
      ["  if (plannedRevision !== undefined && record.revision !== plannedRevision) return { kind: 'busy' };\n", ''],
    ],
    kills: ['a refresh that was planned before'],
    tests: betweenPlanAndSend,
  },
  {
    name: 'what was claimed is sent although the vault was locked meanwhile',
    file: refresh,
    edits: [["  if (hands.locked()) return { kind: 'busy' };\n", '']],
    kills: ['one that was claimed and then locked'],
    tests: betweenPlanAndSend,
  },
  {
    name: 'a slot is held with nobody at the console',
    file: plan,
    edits: [['around.nowMs - around.attendedAtMs >= UNATTENDED_AFTER_MS', 'around.nowMs < 0']],
    kills: ['I25'],
  },
  {
    name: 'refreshed by itself although tabs cannot be kept apart',
    file: plan,
    edits: [["  if (around.byHandOnly && record.tokens?.spends) return 'tabs-not-kept-apart';\n", '']],
    kills: ['F13'],
  },
  {
    name: 'a timer may be set for weeks',
    file: 'src/refresh/scheduler.ts',
    edits: [['Math.min(Math.max(wakeAtMs - nowMs, 0), LOOK_AT_LEAST_EVERY_MS)', 'Math.max(wakeAtMs - nowMs, 0)']],
    kills: ['I16', 'F19'],
  },
  {
    name: 'refreshed while offline',
    file: 'src/console/services.ts',
    edits: [
      [
        'const mayRun = (): boolean => ports.page.online() && !hands.locked();',
        'const mayRun = (): boolean => !hands.locked();',
      ],
    ],
    kills: ['F23'],
  },
  {
    name: 'refreshed while locked',
    file: 'src/console/services.ts',
    edits: [
      [
        'const mayRun = (): boolean => ports.page.online() && !hands.locked();',
        'const mayRun = (): boolean => ports.page.online();',
      ],
    ],
    kills: ['I23'],
  },
  {
    name: 'a server that fails is not left alone',
    file: plan,
    edits: [['const aloneUntilMs = around.leftAloneUntilMs?.(record.connection) ?? 0;', 'const aloneUntilMs = 0;']],
    kills: ['F24'],
  },
  {
    name: 'a server that was left alone is asked by many at once',
    file: 'src/refresh/scheduler.ts',
    edits: [['![...running.values()].includes(connection)', 'running.size < 99']],
    kills: ['F24'],
  },
  {
    name: 'the least urgent first',
    file: plan,
    edits: [['a.endMs - b.endMs', 'b.endMs - a.endMs']],
    kills: ['F23'],
  },
];
