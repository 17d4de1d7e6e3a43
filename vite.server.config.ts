import { defineConfig } from 'vite';

/** The gateway and the stand-ins as plain JavaScript: Node 20 does not run TypeScript. Packages stay outside. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'gateway/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
  },
});
