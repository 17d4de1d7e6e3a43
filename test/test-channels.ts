import type { Channel } from '../src/lib/channel.ts';

/** Channels between tabs that live in one process: Node's own cannot carry a key to more than one listener. */
export interface TestChannels {
  open<Message>(name: string, read: (data: unknown) => Message | undefined): Channel<Message>;
  /** Everything that was posted, in its order. */
  readonly posted: readonly { readonly name: string; readonly message: unknown }[];
  /** Posts as any script of the origin could. */
  intrude(name: string, message: unknown): void;
}

export function createTestChannels(): TestChannels {
  const listeners = new Set<{ readonly name: string; readonly owner: symbol; hear(message: unknown): void }>();
  const posted: { name: string; message: unknown }[] = [];
  const deliver = (name: string, message: unknown, from: symbol): void => {
    posted.push({ name, message });
    for (const listener of [...listeners]) {
      if (listener.name !== name || listener.owner === from) continue;
      // Never in the same turn as it was posted, as in a browser.
      setTimeout(() => {
        if (listeners.has(listener)) listener.hear(message);
      });
    }
  };
  return {
    posted,
    intrude: (name, message) => deliver(name, message, Symbol('intruder')),
    open(name, read) {
      const owner = Symbol(name);
      return {
        post: (message) => deliver(name, message, owner),
        listen(listener) {
          const entry = {
            name,
            owner,
            hear(message: unknown) {
              const known = read(message);
              if (known !== undefined) listener(known);
            },
          };
          listeners.add(entry);
          return () => void listeners.delete(entry);
        },
      };
    },
  };
}
