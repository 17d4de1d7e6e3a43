/** Perforce ALM's refusals, as a person meets them on the way to a list, and on the way to a token. */
import { freePort } from '../test/free-port.ts';
import { aliceKey, callsOf, mintWithKey, near, projectRow, submitKey, submitPassword, type Alm } from './alm-steps.ts';
import { expect, sharedTest, test } from './fixtures.ts';
import { addConnections } from './operator.ts';
import { answer } from './steps.ts';

test.use({ vendors: ['alm'] });
sharedTest.use({ vendors: ['alm'] });

interface Refusal {
  readonly name: string;
  readonly words: string;
  readonly next: string;
  /** What the server saw. */
  readonly calls: readonly string[];
  readonly arrange?: (alm: Alm) => unknown;
  readonly key?: string;
  readonly user?: readonly [string, string];
}

const keyRefusals = ([401, 403, 500] as const).map((status): Refusal => ({
  name: `a wrong key, answered with ${String(status)}`,
  arrange: (alm) => alm.configure({ deadKeyStatus: status }),
  key: 'demo-key-of-alice:not-a-real-secret',
  words: 'The server does not accept this API key: it was deleted, or it never was one.',
  next: 'Add a key in the ALM client or in the License Server Admin Utility',
  calls: [`projects ${String(status)}`],
}));

const refusals: readonly Refusal[] = [
  ...keyRefusals,
  {
    name: 'half a key, which is not sent',
    key: 'demo-key-of-alice',
    words: 'An API key is its id, a colon and its secret',
    next: 'Nothing was sent. Copy both parts',
    calls: [],
  },
  {
    name: 'a wrong password',
    user: ['alice', 'not-a-real-password'],
    words: 'The server does not know this user name with this password.',
    next: 'an account without a password takes an empty one',
    calls: ['projects 401'],
  },
  {
    name: 'a user without a licence',
    user: ['unlicensed', 'unlicensed-demo-password'],
    words: 'there is no valid licence, no access to the project, or the security group lacks',
    next: 'The server said: “You do not have a valid license',
    calls: ['projects 403'],
  },
  {
    name: 'a user without any project',
    user: ['nobody', 'nobody-demo-password'],
    words: 'The server accepted the credential, and its user may use the REST API in no project.',
    next: 'Ask an ALM administrator',
    calls: ['projects 200'],
  },
  {
    name: 'no ALM Server behind the REST API',
    arrange: (alm) => alm.configure({ almServerUp: false }),
    words: 'It answers so while the ALM Server behind it is down, and in some versions also for a deleted API key.',
    next: 'Check the connection under Settings',
    calls: ['projects 500'],
  },
  {
    name: 'the same for a password',
    user: ['alice', 'alice-demo-password'],
    arrange: (alm) => alm.configure({ almServerUp: false }),
    words: 'Most likely the ALM Server behind the REST API is not running.',
    next: 'Check the connection under Settings',
    calls: ['projects 500'],
  },
  {
    name: 'a busy server',
    arrange: (alm) => alm.configure({ busy: true }),
    words: 'The server is busy, not available, or had too many calls within a second.',
    next: 'Try again in a moment.',
    calls: ['projects 503'],
  },
  {
    name: 'neither path name',
    arrange: (alm) => alm.fault({ kind: 'html', status: 404, times: 'always' }),
    words: 'A server is there, and has no ALM API under this path name.',
    next: 'If the other one does not answer either, check host and port.',
    calls: ['projects null', 'versions null'],
  },
  {
    name: 'a web page',
    arrange: (alm) => alm.fault({ kind: 'html', status: 200 }),
    words: 'a web page instead of the API',
    next: 'Check the base URL',
    calls: ['projects null'],
  },
];

sharedTest.describe('a list that does not come', () => {
  for (const { name, words, next, calls, arrange, key, user } of refusals) {
    sharedTest(name, async ({ page, keyward: { alm } }) => {
      arrange?.(alm.control);
      await page.goto('/alm');
      await (user ? submitPassword(page, ...user) : submitKey(page, key ?? aliceKey));
      for (const said of [words, next, 'no token was made']) await expect(answer(page)).toContainText(said);
      await expect(answer(page)).toBeFocused();
      expect(callsOf(alm.control)).toEqual(calls);
      // What a server quotes must not bring the secret back to the screen.
      await expect(page.getByRole('main')).not.toContainText(/not-a-real-(?:key-)?secret|not-a-real-password/);
      await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
    });
  }
});

test('a server that is down: nothing was sent, and it can be tried again', async ({ page, keyward }) => {
  const [own] = keyward.connections;
  if (!own) throw new Error('The stand-in brings no connection.');
  const baseUrl = `http://127.0.0.1:${String(await freePort())}`;
  await addConnections(keyward, [{ ...own, id: 'alm-down', name: 'ALM down', baseUrl }]);
  await page.goto('/alm?connection=alm-down');
  await submitKey(page);
  await expect(answer(page)).toContainText('nothing listens at this port');
  await expect(answer(page)).toContainText('Nothing was sent.');
  expect(keyward.alm.control.ledger()).toHaveLength(0);
});

sharedTest.describe('a token that does not come', () => {
  const rows: readonly {
    readonly name: string;
    readonly arrange: (alm: Alm) => unknown;
    readonly words: string;
    readonly next: string;
    readonly made: number;
  }[] = [
    {
      name: 'a locked project',
      arrange: (alm) => alm.putProject({ name: 'Payments', locked: true }),
      words: 'The project is locked by an administrator',
      next: 'Nothing took effect. Try again later.',
      made: 0,
    },
    {
      name: 'a project that is gone',
      arrange: (alm) => alm.fillProjects({ count: 2 }),
      words: 'The server has no such project: it was deleted, or it is not loaded yet after a restart.',
      next: 'then list the projects again',
      made: 0,
    },
    {
      name: 'a key that was deleted since the list came',
      arrange: (alm) => alm.deleteKey({ id: 'demo-key-of-alice' }),
      words: 'The server does not accept this API key',
      next: 'No token was made',
      made: 0,
    },
    {
      name: 'too many calls',
      arrange: (alm) => alm.configure({ rateLimit: { perMinute: 0 } }),
      words: 'Too many calls came for this project from this network address.',
      next: 'Wait a minute',
      made: 0,
    },
    {
      name: 'a failure that leaves open whether one was issued',
      arrange: (alm) =>
        alm.fault({
          operation: 'token',
          kind: 'reply',
          status: 500,
          body: '{"statusCode":500,"message":"x"}',
          when: 'after',
        }),
      words: 'The server failed and did not say why.',
      next: 'A token may have been issued all the same: nobody holds it, and it ends by itself.',
      made: 1,
    },
    {
      name: 'an answer that was cut',
      arrange: (alm) => alm.fault({ operation: 'token', kind: 'cut' }),
      words: 'its answer was lost on the way',
      next: 'A token may have been issued all the same: nobody holds it, and it ends by itself.',
      made: 1,
    },
    {
      name: 'a yes without a token',
      arrange: (alm) => alm.fault({ operation: 'token', kind: 'edit', remove: ['accessToken'] }),
      words: 'its answer holds no token that could be used',
      next: 'A token may have been issued all the same',
      made: 1,
    },
  ];

  for (const { name, arrange, words, next, made } of rows) {
    sharedTest(name, async ({ page, keyward: { alm } }) => {
      await page.goto('/alm');
      await submitKey(page);
      await expect(projectRow(page, 'Payments')).toBeVisible();
      arrange(alm.control);
      await projectRow(page, 'Payments').getByRole('button').click();
      for (const said of [words, next]) await expect(projectRow(page, 'Payments')).toContainText(said);
      expect(alm.control.ledger({ operation: 'token' })).toHaveLength(1);
      expect(alm.control.tokens()).toHaveLength(made);
      await expect(page.getByRole('table', { name: 'Sessions' })).toHaveCount(0);
    });
  }
});

test('an end that is not reported is said to be unknown, and nothing counts down', async ({
  page,
  keyward: { alm },
}) => {
  alm.control.fault({ operation: 'token', kind: 'edit', set: { expiresOn: 'tomorrow' } });
  await page.goto('/alm');
  await mintWithKey(page, ['Payments'], { keep: true });
  await expect(near(page, 'Payments')).toContainText('No expiry known');
  await expect(near(page, 'Payments')).toContainText('expiry not reported');
});
