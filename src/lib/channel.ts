/** Messages between the tabs of one origin. Never carries a token, a key's value or anything else that is secret. */
export interface Channel<Message> {
  post(message: Message): void;
  /** Hears what the other tabs post, never its own. */
  listen(listener: (message: Message) => void): () => void;
}

/** A BroadcastChannel. What arrives comes from our own origin, yet `read` judges it: another version may be talking. */
export function createBroadcast<Message>(name: string, read: (data: unknown) => Message | undefined): Channel<Message> {
  const channel = new BroadcastChannel(name);
  return {
    post(message) {
      channel.postMessage(message);
    },
    listen(listener) {
      const hear = (event: MessageEvent<unknown>): void => {
        const message = read(event.data);
        if (message !== undefined) listener(message);
      };
      channel.addEventListener('message', hear);
      return () => {
        channel.removeEventListener('message', hear);
      };
    },
  };
}
