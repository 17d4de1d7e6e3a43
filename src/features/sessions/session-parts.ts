/** What a table of sessions needs only once somebody does something. */
import { later } from '../../lib/later.ts';

/** Refresh, check, log out, forget. */
export const actions = later(() => import('./act-on-session.ts'));

export const rowMenu = later(() => import('./row-menu.tsx'));

/** Forget and details. */
export const rowDialog = later(() => import('./row-dialog.tsx'));

/** The search, and the choice of an order, for many rows. */
export const tableTools = later(() => import('./table-tools.tsx'));

/** Fetches what a row can do before anybody asks for it: the gateway, which has it, may be away by then. */
export const fetchAhead = (): Promise<unknown> => Promise.all([actions, rowMenu, rowDialog].map((part) => part.load()));
