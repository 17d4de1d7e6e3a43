/** The deprecated tokens of an account, all ended at once: none is listed, so that the few that are known here tell. */
import { describe, expect, it } from 'vitest';
import type { JobRecord } from '../src/revocation/job.ts';
import { noteOf } from '../src/revocation/note.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import type { HeadlessConsole } from './headless-console.ts';
import { useJobs } from './jobs-in-each-test.ts';
import { onlyItem, type JobRig } from './jobs-over-the-wire.ts';

let rig: HeadlessConsole<TuleapActions>;
let jobs: JobRig;
let alice: SessionRecord;

useJobs(standIn, async (console_, started) => {
  [rig, jobs] = [console_, started];
  alice = await rig.open('access-key', { accessKey: demo.aliceKey });
});

const password = (name: string): Promise<SessionRecord> =>
  rig.open('password', { username: name, password: `${name}-demo-password` });
const findingOf = (job: JobRecord) => onlyItem(job).finding;

describe('all deprecated tokens', () => {
  const thing = { kind: 'all-rest-tokens', id: null, name: 'all tokens of alice', row: null, facts: {} };
  const lie = () =>
    rig.server.control.fault({ operation: 'delete-tokens', kind: 'reply', status: 200, body: '', times: 'always' });
  const endAll = async (...minted: readonly SessionRecord[]) =>
    await jobs.run([await jobs.wish({ thing, session: alice, minted })]);
  const age = () => {
    rig.server.control.clock({ advanceMs: 26 * 3_600_000 });
    expect(rig.server.control.systemCheck()).toEqual({ tokensRemoved: 1 });
  };

  it('end at once; each that is known here is looked at before and tried after, and 2xx alone proves nothing', async () => {
    const [one, two] = [await password('alice'), await password('alice')];
    lie();
    expect(findingOf(await endAll(one, two))).toMatchObject({ verdict: 'live' });
    rig.server.control.clearFaults();
    const done = await endAll(one, two);
    expect(onlyItem(done).marks.map(({ step, says }) => [step, says])).toEqual([
      ['look-1', 'there'],
      ['look-2', 'there'],
      ['delete', 'accepted'],
      ['probe-1', 'dead'],
      ['probe-2', 'dead'],
    ]);
    expect(onlyItem(done).evidence?.facts).toContainEqual({ label: 'Known here', value: '2 tokens' });
    expect(findingOf(await endAll())).toMatchObject({ verdict: 'unknown' });
  });

  it('are proven dead only as far as they are known here, which verdict and note say', async () => {
    const done = await endAll(await password('alice'));
    expect(findingOf(done)).toMatchObject({ verdict: 'dead', qualifier: 'of those known here' });
    const note = noteOf(done, 1, { vendor: () => 'Vendor', connection: () => 'Connection' });
    expect(note).toContain('**DEAD**, of those known here, as wanted within this limit');
    expect(note).toContain('- Proven: 1 of 1, 1 of them with a limit');
    expect(note).toMatch(/- Survives: Possibly tokens that are not known here/);
  });

  it('are not proven by one that was dead before', async () => {
    const known = await password('alice');
    age();
    const { token, userId } = rig.server.control.openToken({ username: 'alice' });
    lie();
    const done = await endAll(known);
    expect(findingOf(done)).toMatchObject({ verdict: 'unknown', asWanted: false });
    expect(findingOf(done)?.words).toMatch(/proves nothing/);
    expect(rig.server.control.ledger({ operation: 'delete-tokens' })).toHaveLength(1);
    const headers = { 'X-Auth-Token': token, 'X-Auth-UserId': String(userId) };
    expect((await fetch(`${rig.server.url}/api/users/self`, { headers })).status).toBe(200);
  });

  it('are proven by one that lived before, whatever others were', async () => {
    const old = await password('alice');
    age();
    const fresh = await password('alice');
    lie();
    expect(findingOf(await endAll(old, fresh))).toMatchObject({ verdict: 'live' });
    rig.server.control.clearFaults();
    expect(findingOf(await endAll(fresh, old))).toMatchObject({
      ...{ verdict: 'dead', qualifier: 'of those known here', words: '401, the token itself was refused' },
    });
  });

  it('end also where one of them was forgotten here meanwhile: it is left out, and nothing waits for it', async () => {
    const [one, two] = [await password('alice'), await password('alice')];
    const item = await jobs.wish({ thing, session: alice, minted: [one, two] });
    await rig.hands.repository.remove(one.id);
    const done = await jobs.run([item]);
    expect(onlyItem(done).marks.map(({ step, says }) => [step, says])).toEqual([
      ['look-1', 'skipped'],
      ['look-2', 'there'],
      ['delete', 'accepted'],
      ['probe-1', 'skipped'],
      ['probe-2', 'dead'],
    ]);
    expect(findingOf(done)).toMatchObject({ verdict: 'dead' });
  });
});
