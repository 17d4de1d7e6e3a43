/** A console that counts sessions at OCP's stand-in: one for a file of tests, as new before each of them. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { SlotCount, SlotCounter } from '../src/console/slot-counter.ts';
import { keyOf } from '../src/console/slot-key.ts';
import type { ServerSessionsFace } from '../src/providers/server-sessions-face.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { OcpActions } from '../stand-ins/ocp/control.ts';
import { standIn } from '../stand-ins/ocp/server.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';

export interface CountingConsole {
  readonly console_: HeadlessConsole<OcpActions>;
  readonly face: ServerSessionsFace;
  readonly counter: SlotCounter;
}

/** To be called at the top of a file. `take`: what runs, before the first test. */
export function useCountingConsole(take: (parts: CountingConsole) => void) {
  let parts: CountingConsole;
  beforeAll(async () => {
    const console_ = await startHeadlessConsole(standIn);
    const face = (await console_.provider.serverSessions?.()) ?? expect.fail('OCP lists sessions');
    parts = { console_, face, counter: await console_.services.slotCounter.load() };
    take(parts);
  });
  beforeEach(() => parts.console_.reset());
  afterAll(() => parts.console_.close());

  const control = () => parts.console_.server.control;
  return {
    control,
    open: (username: string): Promise<SessionRecord> =>
      parts.console_.open('password', { username, password: `${username}-demo-password`, otp: '' }),
    counted: async (record: SessionRecord): Promise<SlotCount> =>
      (await parts.counter.recount(keyOf(record.connection, record.identity.name))) ?? expect.fail('not counted'),
    serverSays: (username: string): readonly string[] =>
      control()
        .sessions({ username })
        .map(({ id }) => id)
        .sort(),
  };
}

export const namesIn = (count: SlotCount): readonly string[] => (count.sessions ?? []).map(({ id }) => id).sort();
