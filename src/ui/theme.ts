import { createStoredChoice } from './stored-choice.ts';

export const theme = createStoredChoice('keyward.theme', ['system', 'light', 'dark']);

export type Theme = ReturnType<typeof theme.read>;

/**
 * Puts the chosen theme on the document and keeps it there, also when another tab chooses. To be called before the first
 * paint. Whoever follows the system needs no attribute: the style sheet knows both themes.
 */
export function startTheme(root: HTMLElement): () => void {
  const apply = (): void => {
    const chosen = theme.read();
    if (chosen === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = chosen;
  };
  apply();
  return theme.subscribe(apply);
}
