import type { RecordStore, Storable } from '../src/sessions/record-store.ts';

const never = new Promise<never>(() => undefined);

/** A store as a page sees it that may die: from then on it neither reads nor writes, and hears nothing. */
export function mortal<Stored extends Storable>(
  store: RecordStore<Stored>,
  isDead: () => boolean,
): RecordStore<Stored> {
  const alive =
    <Args extends readonly unknown[], Value>(work: (...args: Args) => Promise<Value>) =>
    (...args: Args): Promise<Value> =>
      isDead() ? never : work(...args).then((value) => (isDead() ? never : value));
  return {
    all: alive(store.all),
    get: alive(store.get),
    insert: alive(store.insert),
    replace: alive(store.replace),
    delete: alive(store.delete),
    onChange: (listener) =>
      store.onChange((id) => {
        if (!isDead()) listener(id);
      }),
  };
}
