/**
 * Imported for its effect, before any schema is built: zod otherwise tries out `new Function`, which the page's policy
 * reports as a violation.
 */
import { config } from 'zod/mini';

config({ jitless: true });
