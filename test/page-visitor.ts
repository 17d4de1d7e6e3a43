/** A person at a browser without scripts: keeps cookies, follows redirects within one server, fills in forms. */
export interface PageVisitor {
  /** Opens an address. Gives the page that is shown in the end, or the address elsewhere to which the server sends. */
  open(address: string): Promise<Shown>;
  /** Fills in the only form of a page and sends it; hidden fields go along as they are. */
  submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Shown>;
}

interface Page {
  readonly at: string;
  readonly status: number;
  readonly text: string;
}

export type Shown = { readonly page: Page } | { readonly sentTo: string };

const REDIRECTS_MAX = 10;

export function createPageVisitor(origin: string): PageVisitor {
  const cookies = new Map<string, string>();

  async function ask(address: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  async function follow(address: string, form?: URLSearchParams): Promise<Shown> {
    let at = address;
    let response = await ask(at, form);
    for (let left = REDIRECTS_MAX; left > 0; left -= 1) {
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null) return { page: { at, status: response.status, text } };
      at = new URL(location, at).href;
      if (new URL(at).origin !== origin) return { sentTo: at };
      response = await ask(at);
    }
    throw new Error('The server redirects without end');
  }

  return {
    open: (address) => follow(address),
    submit(page, fields) {
      const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1];
      if (action === undefined) throw new Error(`There is no form: ${page.status} ${page.text.slice(0, 200)}`);
      const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      const form = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, unescapeHtml(value)]));
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      return follow(new URL(unescapeHtml(action), page.at).href, form);
    },
  };
}

/** The page, or a failed test where the server sent the browser elsewhere. */
export function pageOf(shown: Shown): Page {
  if ('page' in shown) return shown.page;
  throw new Error(`No page was shown: the browser was sent to ${new URL(shown.sentTo).origin}`);
}

/** The address elsewhere, or a failed test where a page was shown. */
export function sentToOf(shown: Shown): string {
  if ('sentTo' in shown) return shown.sentTo;
  throw new Error(`The browser was sent nowhere: ${shown.page.status} ${shown.page.text.slice(0, 300)}`);
}

const unescapeHtml = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');
