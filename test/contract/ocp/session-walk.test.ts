import { expect, it } from 'vitest';
import { startConsoleAt } from './console-at.ts';
import { walk } from './session-walk.ts';
import { startStandInTarget } from './stand-in-target.ts';

it('in a walk of 300 steps the page shows what the admin API says', { timeout: 600_000 }, async () => {
  const target = await startStandInTarget('26.7.4');
  const console_ = await startConsoleAt(target);
  try {
    await target.configure({ accessSeconds: 30_000, idleSeconds: 60 });
    const walked = await walk(console_, target, { steps: 300, seed: 1, time: 'moved' });
    expect(walked.compared).toBeGreaterThanOrEqual(300);
    expect(walked.onOwnPage).toBeGreaterThan(200);
    for (const count of Object.values(walked.acts)) expect(count).toBeGreaterThan(0);
  } finally {
    await console_.close();
    await target.close();
  }
});
