/** Imported first, for its effect: the theme must stand before anything is painted. */
import { startTheme } from '../ui/theme.ts';

startTheme(document.documentElement);
