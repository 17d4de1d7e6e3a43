/**
 * Protections of the program, each taken away in turn, and the tests that must then fail. A mutant that nothing kills, or
 * whose text no longer stands in the source, fails the run: `npm run mutants`.
 */
export interface Mutant {
  /** What is taken away. */
  readonly name: string;
  readonly file: string;
  /** Exact pieces of the source, each of which stands there once, and what takes their place. */
  readonly edits: readonly (readonly [stands: string, instead: string])[];
  /** The tests that must go red, by the word that their names begin with. */
  readonly kills: readonly string[];
}

const refresh = 'src/refresh/refresh-session.ts';
const transitions = 'src/sessions/transitions.ts';
const plan = 'src/refresh/plan.ts';
const outcomes = 'gateway/outcomes.ts';

/** The protections that the model of the protocol is made of. */
const ofTheModel: readonly Mutant[] = [
  {
    name: 'intent: nothing is written before the call',
    file: refresh,
    edits: [
      [
        'const claimed = await hands.repository.openIntent(work.id, record.revision, intent);',
        'const claimed = { ok: true as const, record, why: "moved" as const };',
      ],
    ],
    kills: ['I01', 'I02', 'I03', 'F01'],
  },
  {
    name: 'compare on commit: a pair is stored over any generation',
    file: transitions,
    edits: [
      [
        "    if (record.generation !== intent.generation) return 'moved';\n    return {\n      ...record,\n      tokens,",
        '    return {\n      ...record,\n      tokens,',
      ],
    ],
    kills: ['I02', 'F10'],
  },
  {
    name: 'outcome fence: asking for a nonce never seen does not forbid it',
    file: outcomes,
    edits: [["          remember(nonce, { state: 'fenced' });\n", '']],
    kills: ['F01'],
  },
  {
    name: 'boot: a call for another life of the gateway is carried, a question about one answered',
    file: 'gateway/carry.ts',
    edits: [['if (body.boot !== undefined && body.boot !== outcomes.boot) {', 'if (Math.random() < 0) {']],
    kills: ['I01', 'F05'],
  },
  {
    name: 'boot: a question about another life of the gateway is answered',
    file: outcomes,
    edits: [["      if (askedBoot !== boot) return { state: 'unknown' };\n", '']],
    kills: ['I01', 'F05'],
  },
  {
    name: 'remembered nonces: a nonce is forgotten with its answer',
    file: outcomes,
    edits: [["known.set(nonce, { state: 'gone', fingerprint: entry.fingerprint });", 'known.delete(nonce);']],
    kills: ['F03'],
  },
  {
    name: 'uncertain kept: a lost answer leaves the token due',
    file: transitions,
    edits: [
      [
        'uncertain: { sinceMs: record.uncertain?.sinceMs ?? nowMs, probed: record.uncertain?.probed ?? false },',
        'uncertain: null,',
      ],
    ],
    kills: ['I01', 'I02', 'F06', 'F07'],
  },
  {
    name: 'probe once: a probe does not count',
    file: transitions,
    edits: [
      [
        'uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: true } : record.uncertain,',
        'uncertain: record.uncertain,',
      ],
    ],
    kills: ['I01'],
  },
];

const ofTheRefresh: readonly Mutant[] = [
  {
    name: 'a 5xx counts as not happened, and is sent again',
    file: refresh,
    edits: [
      ["if (refusal.happened !== 'no') return await lost(", "if (refusal.happened === 'yes') return await lost("],
    ],
    kills: ['I01', 'F06', 'F08'],
  },
  {
    name: 'an answer is not asked for',
    file: refresh,
    edits: [['      const found = await askOutcome(hands, intent);', "      const found = { state: 'not-sent' };"]],
    kills: ['I01', 'F05'],
  },
  {
    name: 'Retry-After is ignored',
    file: refresh,
    edits: [
      [
        'Math.max(failure.retryAfterMs ?? 0, backOffMs(record.failures, hands.random))',
        'backOffMs(record.failures, hands.random)',
      ],
    ],
    kills: ['I19', 'F22'],
  },
  {
    name: 'Retry-After has no bound',
    file: 'src/http/retry-after.ts',
    edits: [['Math.min(Math.max(ms, 0), LONGEST_MS)', 'Math.max(ms, 0)']],
    kills: ['F22'],
  },
  {
    name: 'the tombstone is ignored by a late answer',
    file: transitions,
    edits: [
      [
        "  (record) => {\n    if (record.ended) return 'ended';\n    if (record.generation !== intent.generation) return 'moved';\n    return {\n      ...record,\n      tokens,",
        "  (record) => {\n    if (record.generation !== intent.generation) return 'moved';\n    return {\n      ...record,\n      tokens,",
      ],
    ],
    kills: ['I07', 'F31'],
  },
  {
    name: 'a pair that comes after the end is dropped instead of logged out',
    file: refresh,
    edits: [["if (written.why === 'ended' || written.why === 'missing')", "if (written.why === 'not-wanted')"]],
    kills: ['F31'],
  },
  {
    name: 'log out does not wait for a refresh in flight',
    file: 'src/refresh/end-session.ts',
    edits: [['`keyward.family.${id}`, LOCK_WAIT_MS', '`keyward.log-out.${id}`, LOCK_WAIT_MS']],
    kills: ['I08'],
  },
  {
    name: 'a tab that waited for the lock does not look whether it is done',
    file: refresh,
    edits: [["  if (record.generation !== generation) return { kind: 'adopted', record };\n", '']],
    kills: ['F11'],
  },
  {
    name: 'the background takes as many places as it likes',
    file: refresh,
    edits: [['await inBackgroundPlace(hands.locks, () => alone(0))', 'await alone(0)']],
    kills: ['I11', 'F29'],
  },
  {
    name: 'a sign-in is sent although nothing can be kept',
    file: 'src/refresh/sign-in.ts',
    edits: [['  if (!(await hands.repository.isWritable())) return fail(notKept);\n', '']],
    kills: ['I17'],
  },
  {
    name: 'a sign-in whose answer is lost is sent again',
    file: 'src/refresh/sign-in.ts',
    edits: [
      [
        '  const reply = await answerOf(hands, sent, { nonce, boot, sentAtMs });\n',
        '  const reply = await answerOf(hands, sent, { nonce, boot, sentAtMs });\n  if (!reply) return await sendOnce(hands, { provider, connection }, name, params);\n',
      ],
    ],
    kills: ['I20', 'F33'],
  },
  {
    name: 'a refused refresh token is kept, and tried again',
    file: transitions,
    edits: [
      [
        '    tokens: record.tokens && withoutRefreshToken(record.tokens),\n    generation: record.generation + 1,\n    intent: null,\n    uncertain: null,\n    waiting: null,\n    signInNeeded: word,',
        '    intent: null,\n    uncertain: null,\n    waiting: null,',
      ],
    ],
    kills: ['I01', 'F28'],
  },
  {
    name: 'a dead key takes one of its tokens along, and not the others',
    file: refresh,
    edits: [
      [
        "  if (refresh.kind === 'mint-again') await buryCredential(hands, provider, record.lineage.credential, word);\n",
        '',
      ],
    ],
    kills: ['F36'],
  },
];

const ofTime: readonly Mutant[] = [
  {
    name: 'an uncertain token is probed at once',
    file: plan,
    edits: [['record.uncertain ? endMs - lead :', 'record.uncertain ? 0 :']],
    kills: ['F05', 'F06', 'F07'],
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
    kills: ['I14'],
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
    edits: [["  if (life < LIFE_MIN_MS && !wasCutShort) return 'life-too-short';\n", '']],
    kills: ['F20'],
  },
  {
    name: 'refreshed although the refresh token ends first',
    file: plan,
    edits: [["  if (refreshEndMs !== undefined && refreshEndMs < endMs) return 'refresh-token-ends-first';\n", '']],
    kills: ['F21'],
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
    edits: [["  if (around.byHandOnly && !record.lineage.kept) return 'tabs-not-kept-apart';\n", '']],
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
    edits: [['mayRun: () => ports.page.online(),', 'mayRun: () => true,']],
    kills: ['F23'],
  },
  {
    name: 'the least urgent first',
    file: plan,
    edits: [['a.endMs - b.endMs', 'b.endMs - a.endMs']],
    kills: ['F23'],
  },
];

export const mutants: readonly Mutant[] = [...ofTheModel, ...ofTheRefresh, ...ofTime];
