import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { gatewayInDev } from './gateway/dev-plugin.ts';
import { minifyTwice } from './vite.minify.config.ts';
import { lessOfReact } from './vite.react.config.ts';

/** Nothing is painted before the entry has run, so that a chosen theme never flashes the other one. Vite drops the attribute from its own tag. */
const renderAfterEntry: Plugin = {
  name: 'keyward-render-after-entry',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

/** Vite wraps every dynamic import in a function that preloads; with nothing to preload it only calls. */
const importAsItIs: Plugin = {
  name: 'keyward-import-as-it-is',
  apply: 'build',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
};

/**
 * The router keeps what nobody imports, because its top level makes contexts and components that a bundler must take for
 * effects. Said to be none, what is unused falls away: data routers, fetchers, server components, its own link. Its
 * production build leaves the warnings for developers out.
 */
const lessOfTheRouter: Plugin = {
  name: 'keyward-less-of-the-router',
  apply: 'build',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (source !== 'react-router') return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found && { ...found, id: found.id.replace('/dist/development/', '/dist/production/') };
  },
  transform(code, id) {
    if (!id.includes('/react-router/dist/')) return null;
    return code
      .replace(/^(var \w+ = )(React\d*\.(?:createContext|createElement|memo|forwardRef)\()/gm, '$1/* @__PURE__ */ $2')
      .replace(
        /^(var \w+ = )(Symbol\(|Object\.getOwnPropertyNames\(|new (?:Set|Map|URL|TextEncoder)\()/gm,
        '$1/* @__PURE__ */ $2',
      )
      .replace(/^\w+\.displayName = .*;$/gm, '')
      .replace(
        /^var (\w+) = (class extends React\d*\.Component \{$[\s\S]*?^\});\n(\1\.contextType = \w+;)?/gm,
        'var $1 = /* @__PURE__ */ (() => { const $1 = $2; $3 return $1; })();\n',
      );
  },
};

const vendorOf = (id: string): string | null => /\/providers\/([^/]+)\/index\.ts$/.exec(id)?.[1] ?? null;

/**
 * Few chunks: a small file hardly compresses, and its imports and exports cost more than its content. Each group takes
 * along what its modules import, unless a group of higher priority has it (docs/decisions/0007).
 */
const groups = [
  /** What the first page loads, as one file. */
  { name: 'first', tags: ['$initial'], priority: 9 },
  /** Wherever something can fail. */
  { name: 'result', test: /\/src\/lib\/result\.ts$/, priority: 9 },
  /** The fields that settings and sign-ins are made of. */
  { name: 'fields', test: /\/src\/ui\/(?:[a-z]+-field|badge)\.tsx$/, priority: 7 },
  /** Of which every page may open one, and what stands where a page cannot. */
  {
    name: 'dialog',
    test: /\/src\/(?:ui\/(?:dialog|place-elsewhere)|app\/fault-screens)\.tsx$/,
    priority: 7,
  },
  /** Opens what is kept, or begins to keep it. */
  {
    name: 'vault',
    test: /\/src\/(?:vault\/(?!(?:change-vault|new-passphrase|passkey|wrap-vault-key)\.ts)|console\/(?:vault-desk|browser-vault)|features\/unlock\/lock-screen)/,
    priority: 6,
  },
  /** Makes and changes it: with the forms that ask for a new passphrase. */
  {
    name: 'change-vault',
    test: /\/src\/(?:vault\/(?:change-vault|new-passphrase|passkey|wrap-vault-key)\.ts|features\/unlock\/new-passphrase\.tsx)$/,
    priority: 5,
  },
  /** What recognises and ends keys, whichever vendor's: no sign-in needs it. */
  { name: 'recognise', test: /\/src\/providers\/(?:pasted-[a-z]+|fingerprint|thing-in-hand)\.ts$/, priority: 4 },
  /** What several vendors’ faces share, and what is said where no call can be made. */
  {
    name: 'vendors',
    test: /\/src\/(?:providers\/(?!pasted-|fingerprint|thing-in-hand)[^/]+|refresh\/gateway-away|console\/(?:slot-key|free-at-start)|sessions\/long-over)\.ts$/,
    priority: 5,
  },
  /** One vendor's face, in one file however much of it the parts that come later share. */
  { name: vendorOf, debugName: 'vendor', test: /\/src\/providers\/[^/]+\/index\.ts$/, priority: 4 },
  /** What every provider's page shows, whether or not a session is open there. */
  { name: 'provider', test: /\/src\/(?:pages\/provider-page|ui\/copy-text)\.tsx$/, priority: 4 },
  /** The ways in: where nothing is open, and when somebody asks. */
  { name: 'form', test: /\/src\/features\/sign-in\/sign-in\.tsx$/, priority: 3 },
  /** What a session shows and a press on it needs as well: the first shape of "copy as", facts, the way to a call. */
  {
    name: 'shared',
    test: /\/src\/(?:features\/(?:copy-token\/(?:first-shape|shape-facts)|sessions\/lineage-words)|ui\/fact-list|refresh\/call-as-later|console\/use-gateway-back)\.tsx?$/,
    priority: 2,
  },
  /** What a sign-in and a refresh share, and what logs out when the page is left. */
  {
    name: 'sending',
    test: /\/src\/(?:refresh\/(?:ask-outcome|send-log-out|storage-refuses|kept-credentials)|sessions\/ending-steps)\.ts$/,
    priority: 2,
  },
  /** What is said of calls that only read, whoever makes them: apart, because no page needs it till its rows. */
  { name: 'of-read', test: /\/src\/http\/failed-read\.ts$/, priority: 2 },
  /** What a provider's page shows of a session. */
  { name: 'scene', test: /\/src\/pages\/(?:this-session|how-to-use|secret-once|failure-band)\.tsx$/, priority: 1 },
  /** The ways in by a code, and what each begins with. */
  {
    name: 'code-ways',
    test: /\/src\/(?:features\/sign-in\/(?:visit|code-form)-sign-in\.tsx|refresh\/announce-grant\.ts)$/,
    priority: 1,
  },
  /** What sends a sign-in and draws what came of it; fetched while the form is filled in. */
  {
    name: 'session',
    test: /\/src\/(?:refresh\/sign-in\.ts|features\/sign-in\/(?:said\.tsx|doubt-band\.tsx|doubts\.ts))$/,
    priority: 1,
  },
  /** What a sign-in that takes one of a limited number of sessions leaves in this browser. */
  {
    name: 'slot-notes',
    test: /\/src\/console\/(?:slot-notes|slot-keeper|shared-notes)\.ts$/,
    priority: 1,
  },
  /** The pause after a refusal at the limit, which another tab or an earlier load of the page may have begun. */
  {
    name: 'pause',
    test: /\/src\/(?:features\/sign-in\/(?:why-paused\.tsx|shared-pause\.ts)|sessions\/is-named\.ts)$/,
    priority: 2,
  },
  /** What a kept credential opens, where there is more than one thing that it may. */
  {
    name: 'targets',
    test: /\/src\/features\/sign-in\/(?:target-panel|kept-credentials)\.tsx$/,
    priority: 0,
  },
  /** What a further press or the schedule does with a session: its menus and dialogs, copying, refreshing, ending. */
  {
    name: 'use',
    test: /\/src\/(?:refresh\/(?!code-sign-in|left-sign-in|after-config-change|server-sessions|act-at-server)|features\/(?:sessions\/(?:act-on-session|row-menu|row-dialog)|copy-token\/(?:shapes|text-to-copy|copied-words|clipboard-words|clear-clipboard|copy-menu|by-hand))\.tsx?$)/,
    priority: 0,
  },
  /** What is seen of the sessions at a server; what lists and counts them; and what a count alone shows. */
  { name: 'slots', test: /\/src\/features\/server-sessions\/server-sessions\.tsx$/, priority: 0 },
  {
    name: 'counter',
    test: /\/src\/(?:console\/slot-counter\.ts|(?:refresh|providers\/[^/]+)\/server-sessions\.ts|app\/slot-marks\.tsx|features\/sign-in\/known-here\.tsx)$/,
    priority: 0,
  },
  { name: 'slot-rows', test: /\/src\/features\/server-sessions\/counted-sessions\.tsx$/, priority: 0 },
  /** What still frees a place. */
  { name: 'free-slot', test: /\/src\/(?:pages\/free-slot|features\/server-sessions\/held-list)\.tsx$/, priority: 0 },
  /** What a press on these takes: ending, a summary, a person who is looked up. */
  {
    name: 'use-slots',
    test: /\/src\/features\/server-sessions\/(?:carry-out-ending|end-dialog|somebody-else|lock-note|ticket-summary)\.tsx?$/,
    priority: 0,
  },
] satisfies Rolldown.CodeSplittingGroup[];

export default defineConfig({
  plugins: [
    react(),
    tailwind(),
    gatewayInDev(),
    renderAfterEntry,
    importAsItIs,
    lessOfReact,
    lessOfTheRouter,
    minifyTwice,
  ],
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    manifest: true,
    // The policy allows no data: address and no inline script, so every asset stays a file of this origin.
    assetsInlineLimit: 0,
    // One style sheet and no preloading: both need a helper in the first script, and save nothing on the way from loopback.
    modulePreload: false,
    cssCodeSplit: false,
    sourcemap: false,
    rolldownOptions: { checks: { bundlerTimings: false }, output: { codeSplitting: { groups }, minify: false } },
  },
  // The origin is part of what the console is: registered redirect addresses and, later, passkeys hang on it.
  server: { host: 'localhost', port: 4600, strictPort: true },
});
