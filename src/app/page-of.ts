import { lazy, type ComponentType } from 'react';

interface PageModule {
  readonly Page: ComponentType;
}

/** Every folder of `pages`, each in a chunk of its own. A new vendor adds its folder and nothing here. */
const modules = import.meta.glob<PageModule>('../pages/*/index.tsx');

const pages = new Map<string, ComponentType>();

/** The page in the folder of that name, fetched when it is first shown. Throws where there is no such folder. */
export function pageOf(folder: string): ComponentType {
  const known = pages.get(folder);
  if (known) return known;
  const load = modules[`../pages/${folder}/index.tsx`];
  if (!load) throw new Error(`No page is in this folder: ${folder}`);
  const page = lazy(async () => {
    try {
      return { default: (await load()).Page };
    } catch (error) {
      // A chunk that did not arrive is asked for again the next time.
      pages.delete(folder);
      throw error;
    }
  });
  pages.set(folder, page);
  return page;
}
