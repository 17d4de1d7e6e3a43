/**
 * Resolves in a task of its own, so that what waits for the page's thread comes first. Not by a timer: those of a hidden
 * page run once a second.
 */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
