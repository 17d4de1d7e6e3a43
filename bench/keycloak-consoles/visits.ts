/** The consoles, and the way through each from its page to the rows, as a person goes it: open, sign in, look. */
import type { Page } from '@playwright/test';
import type { Credentials } from '../../test/contract/ocp/target.ts';

export interface Visit {
  readonly name: string;
  /** Opens the page and fills in the form; Enter sends it. */
  open(page: Page, who: Credentials): Promise<void>;
  /** From the sign-in until the sessions of `whom` are asked for; nothing where the page does so by itself. */
  lookUp(page: Page, whom: string): Promise<void>;
  /** The places of the sessions' rows, once the page shows them. */
  rows(whom: string): string;
}

/** The same errand at two consoles: the one it is measured against first, then Keyward. */
export interface Errand {
  readonly words: string;
  /** Whoever signs in looks at another person's sessions, and not at their own. */
  readonly ofAnother: boolean;
  readonly visits: readonly [theirs: Visit, ours: Visit];
}

/** `keycloak`: the server's base URL. `keyward`: the console's origin. */
export function errands(keycloak: string, keyward: string): readonly Errand[] {
  const theirSignIn = (address: string) => async (page: Page, who: Credentials) => {
    await page.goto(address);
    await page.locator('#username').fill(who.username);
    await page.locator('#password').fill(who.password);
  };
  const ourSignIn = async (page: Page, who: Credentials): Promise<void> => {
    await page.goto(`${keyward}/ocp`);
    await page.getByLabel('User name', { exact: true }).fill(who.username);
    await page.getByLabel('Password', { exact: true }).fill(who.password);
  };
  const ourRows = (whom: string): string => `table[aria-label="Listed by the server for ${whom}"] tbody tr`;
  const atOnce = (): Promise<void> => Promise.resolve();

  return [
    {
      words: 'one’s own sessions',
      ofAnother: false,
      visits: [
        {
          name: 'Keycloak’s account console, device activity',
          open: theirSignIn(`${keycloak}/realms/master/account/account-security/device-activity`),
          lookUp: atOnce,
          rows: () => '.signed-in-device-list .session-title',
        },
        { name: 'Keyward', open: ourSignIn, lookUp: atOnce, rows: ourRows },
      ],
    },
    {
      words: 'support looks a person up',
      ofAnother: true,
      visits: [
        {
          name: 'Keycloak’s admin console, user sessions',
          open: theirSignIn(`${keycloak}/admin/master/console/#/master/users`),
          async lookUp(page, whom) {
            const search = page.getByTestId('table-search-input').locator('input');
            await search.fill(whom);
            await search.press('Enter');
            await page.getByRole('link', { name: whom, exact: true }).click();
            await page.getByTestId('user-sessions-tab').click();
          },
          rows: () => 'table[aria-label="Sessions"] tbody tr',
        },
        {
          name: 'Keyward',
          open: ourSignIn,
          async lookUp(page, whom) {
            const search = page.getByRole('searchbox', { name: /^Find a person/ });
            await search.fill(whom);
            await search.press('Enter');
          },
          rows: ourRows,
        },
      ],
    },
  ];
}
