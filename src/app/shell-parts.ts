/** What the shell needs only once somebody asks for it. */
import { later } from '../lib/later.ts';

export const helpDialog = later(() => import('./help-dialog.tsx'));

export const signInMenu = later(() => import('./sign-in-items.tsx'));

export const providersMenu = later(() => import('./provider-items.tsx'));

export const slotMarks = later(() => import('./slot-marks.tsx'));
