import { minify as minifyWithTerser } from 'terser';
import { minify, type Plugin } from 'vite';

/**
 * The bundler's own minifier, and terser over what it leaves: together a percent less than either alone, which is what
 * the first page has to spare. The other way round, or terser by itself, costs more time for less.
 */
export const minifyTwice: Plugin = {
  name: 'keyward-minify-twice',
  apply: 'build',
  renderChunk: {
    order: 'post',
    async handler(code, { fileName }) {
      const { code: once } = await minify(fileName, code, { module: true });
      return (await minifyWithTerser(once, { module: true, ecma: 2020 })).code ?? null;
    },
  },
};
