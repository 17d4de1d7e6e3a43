import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
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
 * effects. Said to be none, what is unused falls away: data routers, fetchers, server components. Its production build
 * leaves the warnings for developers out.
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
      .replace(/^\w+\.displayName = .*;$/gm, '');
  },
};

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
  },
  // The origin is part of what the console is: registered redirect addresses and, later, passkeys hang on it.
  server: { host: 'localhost', port: 4600, strictPort: true },
});
