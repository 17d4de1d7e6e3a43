/**
 * A reading of something that depends on the time, which gives the same object as long as it says the same. React compares
 * by identity, so a second that changes nothing renders nothing.
 */
export function steadyRead<Value>(
  read: () => Value,
  same: (one: Value, other: Value) => boolean = sameInWords,
): () => Value {
  let last: { readonly value: Value } | null = null;
  return () => {
    const value = read();
    if (!last || !same(last.value, value)) last = { value };
    return last.value;
  };
}

/** Of plain data alone. */
const sameInWords = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
