const BYTE_ORDER_MARK = /^\uFEFF/;

/** The text as JSON, or undefined where it is not JSON. Whatever the content type says: vendors mislabel both ways. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(BYTE_ORDER_MARK, '')) as unknown;
  } catch {
    return undefined;
  }
}
