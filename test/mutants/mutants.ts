/**
 * Protections of the program, each taken away in turn, and the tests that must then fail. A mutant that nothing kills, or
 * whose text no longer stands in the source, fails the run: `npm run mutants`.
 */
import type { Mutant } from './mutant.ts';
import { ofRevocation } from './of-revocation.ts';
import { ofTheVault } from './of-the-vault.ts';
import { ofTime } from './of-time.ts';

const refresh = 'src/refresh/refresh-session.ts';
const refreshSteps = 'src/sessions/refresh-steps.ts';
const outcomes = 'gateway/outcomes.ts';

/** The protections that the model of the protocol is made of. */
const ofTheModel: readonly Mutant[] = [
  {
    name: 'intent: nothing is written before the call',
    file: refresh,
    edits: [
      [
        'const claimed = await hands.repository.change(work.id, openIntent(record.revision, intent));',
        'const claimed = { ok: true as const, record, why: "moved" as const };',
      ],
    ],
    kills: ['I01', 'I02', 'I03', 'I21', 'F01'],
  },
  {
    name: 'compare on commit: a pair is stored over any generation',
    file: refreshSteps,
    edits: [
      [
        "    if (record.generation !== intent.generation) return 'moved';\n    const { leftover: _refreshedAgain, ...rest } = record;",
        '    const { leftover: _refreshedAgain, ...rest } = record;',
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
    name: 'boot: a call for another life of the gateway is carried',
    file: 'gateway/carry.ts',
    edits: [['if (body.boot !== undefined && body.boot !== outcomes.boot) {', 'if (Math.random() < 0) {']],
    kills: ['I01', 'F05'],
  },
  {
    name: 'boot: a question about another life of the gateway is answered',
    file: outcomes,
    edits: [
      ["      if (askedBoot !== boot) return { state: 'unknown' };\n", ''],
      ["return boot === askedBoot ? { state: 'fenced' } : { state: 'unknown' };", "return { state: 'fenced' };"],
    ],
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
    file: refreshSteps,
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
    file: refreshSteps,
    edits: [
      [
        'uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: true } : record.uncertain,',
        'uncertain: record.uncertain,',
      ],
    ],
    kills: ['I01'],
  },
  {
    name: 'probe once: a copy has it made while the vendor is down',
    file: refresh,
    edits: [["const isWell = asker === 'person' ||", "const isWell = asker !== 'schedule' ||"]],
    kills: ['FurtherTryIsKept'],
  },
  {
    name: 'uncertain kept: a marked try that was never sent goes back to due',
    file: refreshSteps,
    edits: [
      [
        'uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: false } : record.uncertain,',
        'uncertain: null,',
      ],
    ],
    kills: ['I01', 'F01'],
  },
  {
    name: 'probe once: a marked try that was never sent is not given back',
    file: refreshSteps,
    edits: [
      [
        'uncertain: intent.probe && record.uncertain ? { ...record.uncertain, probed: false } : record.uncertain,',
        'uncertain: record.uncertain,',
      ],
    ],
    kills: ['F01'],
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
    name: 'an answer that the gateway has is not taken',
    file: 'src/refresh/ask-outcome.ts',
    edits: [['        return settled(outcome.envelope, call.sentAtMs);', "        return { state: 'lost' };"]],
    kills: ['F02', 'F03'],
  },
  {
    name: 'a call that still runs counts as not sent',
    file: 'src/refresh/ask-outcome.ts',
    edits: [['        await hands.pause(ASK_EVERY_MS);\n        break;', "        return { state: 'not-sent' };"]],
    kills: ['I01', 'I05'],
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
    edits: [['Math.max(retryAfterMs ?? 0, backOffMs(failures, hands.random))', 'backOffMs(failures, hands.random)']],
    kills: ['I19', 'F22'],
  },
  {
    name: 'Retry-After is ignored for a person’s click',
    file: refresh,
    edits: [["  if (wait) return { kind: 'failed', failure: wait };\n", '']],
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
    file: refreshSteps,
    edits: [
      [
        "    if (record.ended) return 'ended';\n    if (record.generation !== intent.generation) return 'moved';\n    const { leftover: _refreshedAgain, ...rest } = record;",
        "    if (record.generation !== intent.generation) return 'moved';\n    const { leftover: _refreshedAgain, ...rest } = record;",
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
    name: 'log out does not ask for the answer that nobody waits for',
    file: 'src/refresh/end-session.ts',
    edits: [['stored?.intent && !stored.ended ? await settleLeftOver(hands, stored) : stored', 'stored']],
    kills: ['I08'],
  },
  {
    name: 'a tab that waited for the lock does not look whether it is done',
    file: refresh,
    edits: [["  if (record.generation !== generation) return { kind: 'adopted', record };\n", '']],
    kills: ['I06'],
  },
  {
    name: 'the background takes as many places as it likes',
    file: refresh,
    edits: [['await inBackgroundPlace(hands.locks, () => alone(0))', 'await alone(0)']],
    kills: ['I11', 'F29', 'F40'],
  },
  {
    name: 'a person’s calls take as many places as they like',
    file: 'src/console/call-places.ts',
    edits: [["request.effect === 'end' ? call(request) : placed(request)", 'call(request)']],
    kills: ['I11'],
  },
  {
    name: 'one server gets as many calls as there are',
    file: 'gateway/limits.ts',
    edits: [['perServerMax: 3,', 'perServerMax: 30,']],
    kills: ['I11'],
  },
  {
    name: 'a sign-in is sent although nothing can be kept',
    file: 'src/refresh/sign-in.ts',
    edits: [['  if (!ready.ok) return ready;\n', '']],
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
    file: refreshSteps,
    edits: [
      [
        '    tokens:\n      word === null || record.tokens?.refusedAtMs === undefined\n        ? record.tokens && withoutRefreshToken(record.tokens)\n        : null,\n    generation: record.generation + 1,\n    intent: null,\n    uncertain: null,\n    waiting: null,\n    signInNeeded: word,',
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
        '    await unlessRefused(() => buryCredential(hands, provider, record.lineage.credential, word));',
        '    await Promise.resolve();',
      ],
    ],
    kills: ['F36'],
  },
  {
    name: 'a token is handed to the screens',
    file: 'src/sessions/record.ts',
    edits: [
      [
        'const { accessToken: _access, refreshToken, ...rest } = record.tokens;',
        'const { refreshToken, ...rest } = record.tokens;',
      ],
    ],
    kills: ['I22'],
  },
  {
    name: 'a person waits for a lock for as long as it takes',
    file: refresh,
    edits: [['const LOCK_WAIT_MS = 15_000;', 'const LOCK_WAIT_MS = 150_000;']],
    kills: ['F12'],
  },
  {
    name: 'a console that was put away goes on',
    file: 'src/console/services.ts',
    edits: [['      scheduler.dispose();\n', '']],
    kills: ['F37'],
  },
  {
    name: 'what is no JSON stops whoever reads it',
    file: 'src/http/json.ts',
    edits: [['} catch {\n    return undefined;', '} catch (fault) {\n    throw fault;']],
    kills: ['I24'],
  },
  {
    name: 'all that is due is begun at once',
    file: 'src/refresh/scheduler.ts',
    edits: [['const IN_FLIGHT_MAX = 2;', 'const IN_FLIGHT_MAX = Infinity;']],
    kills: ['F23'],
  },
];

export const mutants: readonly Mutant[] = [...ofTheModel, ...ofTheRefresh, ...ofTime, ...ofTheVault, ...ofRevocation];
