/** One count of each user at a time; and what was asked before something was done is followed by one more. */

interface Subject {
  readonly key: string;
  /** Which sessions of that user are open here. */
  readonly open: string;
}

export function createTurns<Asked extends Subject, Count>(
  carryOut: (subject: Asked, byPerson: boolean) => Promise<Count>,
  countAgain: (key: string) => void,
) {
  const running = new Map<string, { readonly work: Promise<Count>; readonly open: string }>();
  /** By key: one more follows what is on its way. */
  const outdated = new Set<string>();
  /** By key: a person waits to ask after what is on its way. */
  const pressed = new Set<string>();

  /** Whoever asks meanwhile gets the same answer. */
  function count(subject: Asked, byPerson: boolean): Promise<Count> {
    const { key, open } = subject;
    const under = running.get(key)?.work;
    if (under) return byPerson ? under.then(() => count(subject, false)) : under;
    const work = carryOut(subject, byPerson).finally(() => {
      running.delete(key);
      if (outdated.delete(key) && !pressed.has(key)) countAgain(key);
    });
    running.set(key, { work, open });
    return work;
  }

  return {
    count,
    /** `open`: by key, as it is now. Opened or logged out since: what is on its way is of before that. */
    outdate(open: ReadonlyMap<string, string>): void {
      for (const [key, asked] of running) if (open.get(key) !== asked.open) outdated.add(key);
    },
    outdateAll(): void {
      for (const key of running.keys()) outdated.add(key);
    },
    /** Once nothing is on its way, for a person, who asks then. */
    async afterwards<Found>(key: string, find: () => Promise<Found>): Promise<Found> {
      pressed.add(key);
      try {
        await running.get(key)?.work;
        return await find();
      } finally {
        pressed.delete(key);
      }
    },
  };
}
