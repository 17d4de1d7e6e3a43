/** The pages that come where a program expected JSON. */
const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

export const errorPage = (message: string): string =>
  page('Sign in to OCP', `<h1>We are sorry...</h1><p class="instruction">${escaped(message)}</p>`);

export const notFoundPage = page('Resource not found', '<h1>Resource not found</h1>');

export const logOutPage = page(
  'Logging out',
  '<h1>Logging out</h1><p>Do you want to log out?</p><form method="post"><button name="confirmLogout">Logout</button></form>',
);

export const accountConsolePage = page('Account Management', '<div id="app"></div>');

export const notAcceptablePage = page('Not acceptable', '<h1>HTTP 406 Not Acceptable</h1>');
