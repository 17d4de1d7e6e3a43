/** A setting of this browser that is no secret: one of a few words, kept in local storage, the same in every tab. */
export interface StoredChoice<Choice extends string> {
  read(): Choice;
  write(choice: Choice): void;
  /** Calls back when this or another tab chose anew. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}

export function createStoredChoice<Choice extends string>(
  key: string,
  choices: readonly [fallback: Choice, ...others: Choice[]],
): StoredChoice<Choice> {
  const listeners = new Set<() => void>();
  // Where the browser refuses storage, the choice holds until the page is left.
  let unstored: Choice | undefined;

  return {
    read() {
      if (unstored !== undefined) return unstored;
      let stored: string | null = null;
      try {
        stored = localStorage.getItem(key);
      } catch {
        // Storage is switched off for this site.
      }
      return choices.find((choice) => choice === stored) ?? choices[0];
    },
    write(choice) {
      try {
        localStorage.setItem(key, choice);
        unstored = undefined;
      } catch {
        unstored = choice;
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      const onStorage = (event: StorageEvent): void => {
        if (event.key === key || event.key === null) listener();
      };
      listeners.add(listener);
      window.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', onStorage);
      };
    },
  };
}
