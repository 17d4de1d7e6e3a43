/** What all pages of one browser profile share: stored strings, cookies, channels. */
import type { Errand } from '../../test/simulation/errand.ts';
import type { World } from '../../test/simulation/world.ts';

export interface Profile {
  readonly localStorage: Storage;
  readonly cookies: Map<string, string>;
  channelsFor(errand: Errand): unknown;
}

export function createProfile(world: World): Profile {
  const channels = new Set<{ readonly name: string; hear(message: unknown): void }>();
  return {
    localStorage: createStorage(),
    cookies: new Map(),
    channelsFor: (errand) =>
      class {
        readonly #listeners = new Set<(event: { readonly data: unknown }) => void>();
        readonly #own;
        onmessage: ((event: { readonly data: unknown }) => void) | null = null;

        constructor(name: string) {
          const tell = (data: unknown): void => {
            this.onmessage?.({ data });
            for (const listener of this.#listeners) listener({ data });
          };
          this.#own = { name, hear: (message: unknown) => errand.deliver(() => tell(message)) };
          channels.add(this.#own);
          errand.onEnd(() => channels.delete(this.#own));
        }

        postMessage(message: unknown): void {
          for (const other of channels) {
            if (other === this.#own || other.name !== this.#own.name) continue;
            const copy: unknown = structuredClone(message);
            world.computer.timers.set(() => other.hear(copy), 1);
          }
        }

        addEventListener(_type: string, listener: (event: { readonly data: unknown }) => void): void {
          this.#listeners.add(listener);
        }

        removeEventListener(_type: string, listener: (event: { readonly data: unknown }) => void): void {
          this.#listeners.delete(listener);
        }

        close(): void {
          channels.delete(this.#own);
        }
      },
  };
}

/** As the browser's: its keys are its own properties. */
export function createStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string): string | null {
      return Object.hasOwn(this, key) ? (this[key] ?? null) : null;
    },
    setItem(this: Record<string, string>, key: string, value: string): void {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string): void {
      Reflect.deleteProperty(this, key);
    },
    clear(this: Record<string, string>): void {
      for (const key of Object.keys(this)) Reflect.deleteProperty(this, key);
    },
    key(this: Record<string, string>, at: number): string | null {
      return Object.keys(this)[at] ?? null;
    },
  };
  const length = { get: function (this: object) { return Object.keys(this).length; } }; // prettier-ignore
  return Object.create(Object.defineProperty(methods, 'length', length)) as Storage; // the same names and shapes
}
