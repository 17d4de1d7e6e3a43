import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { gatewayInDev } from './gateway/dev-plugin.ts';

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
 * effects. Said to be none, what is unused falls away: data routers, fetchers, server components. What a link fetches ahead
 * for such a router goes as well: without one it cannot be asked for. Its production build leaves the warnings for
 * developers out.
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
      .replace(/React\d*\.createElement\(PrefetchPageLinks, \{[^}]*\}\)/, 'null')
      .replace(/^\w+\.displayName = .*;$/gm, '')
      .replace(
        /^var (\w+) = (class extends React\d*\.Component \{$[\s\S]*?^\});\n(\1\.contextType = \w+;)?/gm,
        'var $1 = /* @__PURE__ */ (() => { const $1 = $2; $3 return $1; })();\n',
      );
  },
};

/**
 * Few chunks: a small file hardly compresses, and its imports and exports cost more than its content. Each group takes
 * along what its modules import, unless a group of higher priority has it (docs/decisions/0007).
 */
const groups = [
  /** What the first page loads, as one file. */
  { name: 'first', tags: ['$initial'], priority: 9 },
  /** Wherever something can fail. */
  { name: 'result', test: /\/src\/(?:lib\/result|http\/without-sent-secrets)\.ts$/, priority: 8 },
  /** The fields that settings and sign-ins are made of. */
  { name: 'fields', test: /\/src\/ui\/(?:[a-z]+-field|badge)\.tsx$/, priority: 7 },
  /** Of which every page may open one. */
  { name: 'dialog', test: /\/src\/ui\/dialog\.tsx$/, priority: 7 },
  /** Opens what is kept, or begins to keep it. */
  {
    name: 'vault',
    test: /\/src\/(?:vault|console\/(?:vault-desk|browser-vault)|features\/unlock\/lock-screen)/,
    priority: 6,
  },
  /** What several vendors' faces share, and what a sign-in by code begins with. */
  { name: 'vendors', test: /\/src\/(?:providers\/[^/]+|refresh\/announce-grant)\.ts$/, priority: 5 },
  /** What every provider's page shows before anything is sent. */
  { name: 'provider', test: /\/src\/pages\/provider-page\.tsx$/, priority: 4 },
  /** What logs out when the page is left; with the first session that holds a slot. */
  { name: 'ending', test: /\/src\/refresh\/send-log-out\.ts$/, priority: 3 },
  /** What a session shows and a press on it needs as well: the shapes of "copy as", facts, what sign-in and refresh share. */
  {
    name: 'shared',
    test: /\/src\/(?:features\/(?:copy-token\/(?:shapes|shape-facts|by-hand)|sessions\/lineage-words)|ui\/fact-list|refresh\/(?:ask-outcome|storage-refuses|kept-credentials))\.tsx?$/,
    priority: 2,
  },
  /** What sends a sign-in and draws what came of it; fetched while the form is filled in. */
  {
    name: 'session',
    test: /\/src\/(?:refresh\/(?:code-)?sign-in\.ts|pages\/(?:this-session|how-to-use|secret-once)\.tsx|features\/sign-in\/(?:said|doubt-band)\.tsx)$/,
    priority: 1,
  },
  /** What a further press or the schedule does with a session: its menus and dialogs, copying, refreshing, ending. */
  {
    name: 'use',
    test: /\/src\/(?:refresh\/|features\/(?:sessions\/(?:act-on-session|row-menu|row-dialog)|copy-token\/(?:text-to-copy|copied-words|clipboard-words|copy-menu))\.tsx?$)/,
    priority: 0,
  },
] satisfies Rolldown.CodeSplittingGroup[];

export default defineConfig({
  plugins: [react(), tailwind(), gatewayInDev(), renderAfterEntry, importAsItIs, lessOfTheRouter],
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
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  // The origin is part of what the console is: registered redirect addresses and, later, passkeys hang on it.
  server: { host: 'localhost', port: 4600, strictPort: true },
});
