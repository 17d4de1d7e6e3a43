/** The consoles, and the way through each from its page to the rows, as a person goes it: open, sign in, look. */
import type { Page } from '@playwright/test';
import type { Credentials } from '../../test/contract/ocp/target.ts';
import type { Sight } from './stopwatch.ts';

export interface Visit {
  readonly name: string;
  /** Opens the page and fills in the form; Enter sends it. */
  open(page: Page, who: Credentials): Promise<void>;
  /** From the sign-in until the sessions of `whom` are asked for; none where the page does so by itself. */
  readonly steps: readonly Step[];
  /** The places of the sessions' rows, once the page shows them. */
  rows(whom: string): string;
}

/** What a person does as soon as they see what it is done with. */
export interface Step {
  sight(whom: string): Sight;
  take(page: Page, whom: string): Promise<void>;
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
  const find = (css: string): Step => ({
    sight: () => ({ css }),
    async take(page, whom) {
      await page.locator(css).fill(whom);
      await page.keyboard.press('Enter');
    },
  });
  const press = (css: string, text?: (whom: string) => string): Step => {
    const sight = (whom: string): Sight => ({ css, ...(text && { text: text(whom) }) });
    return {
      sight,
      take: (page, whom) =>
        page
          .locator(css)
          .filter(text ? { hasText: text(whom) } : {})
          .click(),
    };
  };

  return [
    {
      words: 'one’s own sessions',
      ofAnother: false,
      visits: [
        {
          name: 'Keycloak’s account console, device activity',
          open: theirSignIn(`${keycloak}/realms/master/account/account-security/device-activity`),
          steps: [],
          rows: () => '.signed-in-device-list .session-title',
        },
        { name: 'Keyward', open: ourSignIn, steps: [], rows: ourRows },
      ],
    },
    {
      words: 'support looks a person up',
      ofAnother: true,
      visits: [
        {
          name: 'Keycloak’s admin console, user sessions',
          open: theirSignIn(`${keycloak}/admin/master/console/#/master/users`),
          steps: [
            find('[data-testid="table-search-input"] input'),
            press('table a', (whom) => whom),
            press('[data-testid="user-sessions-tab"]'),
          ],
          rows: () => 'table[aria-label="Sessions"] tbody tr',
        },
        {
          name: 'Keyward',
          open: ourSignIn,
          steps: [find('[aria-label^="Find a person"]')],
          rows: ourRows,
        },
      ],
    },
  ];
}
