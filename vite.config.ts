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

export default defineConfig({
  plugins: [react(), tailwind(), gatewayInDev(), renderAfterEntry],
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    manifest: true,
    // The policy allows no data: address and no inline script, so every asset stays a file of this origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  // The origin is part of what the console is: registered redirect addresses and, later, passkeys hang on it.
  server: { host: 'localhost', port: 4600, strictPort: true },
});
