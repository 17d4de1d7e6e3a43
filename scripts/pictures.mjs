/** Takes README's pictures anew, from a console with stand-ins: `npm run pictures`. Needs a build. */
import { node, tool } from './tools.mjs';

process.env.KEYWARD_PICTURES = 'docs/images';
process.exitCode = (await node([tool('@playwright/test', 'playwright'), 'test', 'e2e/pictures'])) ? 0 : 1;
