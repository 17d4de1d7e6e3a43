/**
 * What one step of the refresh plan costs at 10, 100, 1,000 and 10,000 sessions, and how it grows. Processor time of this
 * process, not wall time: the machine may be busy with something else.
 */
import { runnerImport } from 'vite';

const quick = process.argv.includes('--quick');
const SIZES = [10, 100, 1_000, 10_000];
const BUDGET_MS = quick ? 200 : 1_000;

const { module: planning } = await runnerImport('./src/refresh/plan.ts');
const { module: records } = await runnerImport('./src/sessions/record.ts');
const { module: samples } = await runnerImport('./test/session-record.ts');

const sessionsOf = (count) =>
  Array.from({ length: count }, (_, n) =>
    records.viewOf(samples.sessionRecord({ id: `session-${n}`, refreshedAtMs: 0, firstLifeMs: 3_600_000 })),
  );

/** Milliseconds of processor time of one step, over as many steps as fit the budget. */
function costOf(sessions) {
  const around = { nowMs: 1_000, visible: true, attendedAtMs: 0, offsetMs: () => 0 };
  for (let warmUp = 0; warmUp < 20; warmUp += 1) planning.plan(sessions, around);
  let steps = 0;
  const before = process.cpuUsage();
  let spentMs = 0;
  while (spentMs < BUDGET_MS) {
    for (let batch = 0; batch < 10; batch += 1) planning.plan(sessions, around);
    steps += 10;
    const spent = process.cpuUsage(before);
    spentMs = (spent.user + spent.system) / 1_000;
  }
  return spentMs / steps;
}

console.log('One step of the plan, milliseconds of processor time');
let beforeMs;
for (const size of SIZES) {
  const ms = costOf(sessionsOf(size));
  const growth =
    beforeMs === undefined ? '' : `  ${(ms / beforeMs).toFixed(1)} times the line above, for 10 times the sessions`;
  console.log(`${String(size).padStart(6)} sessions  ${ms.toFixed(4).padStart(9)} ms${growth}`);
  beforeMs = ms;
}
