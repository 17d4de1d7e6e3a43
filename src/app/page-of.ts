import { lazy, type ComponentType } from 'react';

interface PageModule {
  readonly Page: ComponentType;
}

/**
 * Every folder of `pages`, each in a chunk of its own. A new vendor adds its folder and nothing here. Home is not among
 * them: it comes with the first script, because one file is smaller than two.
 */
const modules = import.meta.glob<PageModule>(['../pages/*/index.tsx', '!../pages/overview/index.tsx']);

/** Whoever hands out the pages, the gateway, may be away. */
export class PageNotFetched extends Error {
  override readonly name = 'PageNotFetched';
}

const pages = new Map<string, ComponentType>();
const failed = new Set<string>();

/** The page in the folder of that name, fetched when it is first shown. Throws where there is no such folder. */
export function pageOf(folder: string): ComponentType {
  const known = pages.get(folder);
  if (known) return known;
  const load = modules[`../pages/${folder}/index.tsx`];
  if (!load) throw new Error(`No page is in this folder: ${folder}`);
  const page = lazy(async () => {
    try {
      return { default: (await load()).Page };
    } catch (cause) {
      failed.add(folder);
      throw new PageNotFetched(folder, { cause });
    }
  });
  pages.set(folder, page);
  return page;
}

/**
 * Lets pages that could not be fetched be fetched again. Only when somebody asks: a page that forgot its failure by itself
 * would be fetched, and fail, without end, because React renders once more before it reports an error.
 */
export function forgetFailedPages(): void {
  for (const folder of failed) pages.delete(folder);
  failed.clear();
}
