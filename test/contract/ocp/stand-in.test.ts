import { afterAll, beforeAll, describe } from 'vitest';
import { describeOcpRows } from './rows.ts';
import { startStandInTarget } from './stand-in-target.ts';

describe.each(['26.5.5', '26.7.4'] as const)('OCP’s contract, stand-in of %s', (version) => {
  let target: Awaited<ReturnType<typeof startStandInTarget>>;

  beforeAll(async () => {
    target = await startStandInTarget(version);
  });

  afterAll(() => target.close());

  describeOcpRows(() => target);
});
