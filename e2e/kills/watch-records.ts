/**
 * Runs in the page, before any script of it: tells the test what the console writes to its vault and when it presents a
 * refresh token, and waits there for the test's word. From outside alone, through the browser's own functions.
 */

/** What a page was about to do, or did. */
export type Told =
  | { readonly what: 'writes' | 'stored'; readonly record: WrittenRecord }
  | { readonly what: 'sends' | 'was-answered'; readonly connection: string };

/** What the test reads of a session's record (`src/sessions/record.ts`). */
export interface WrittenRecord {
  readonly id: string;
  readonly connection: string;
  readonly generation: number;
  readonly revision: number;
  readonly tokens: { readonly refreshToken?: string } | null;
  readonly intent: { readonly generation: number; readonly probe: boolean } | null;
  readonly uncertain: object | null;
  readonly signInNeeded: { readonly code: string; readonly sentence: string } | null;
  readonly ended: object | null;
}

/** Refers to nothing outside itself: the browser gets its text. */
export function watchRecords(): void {
  // Put there by `exposeBinding`.
  const tell = (told: Told): Promise<void> =>
    (window as unknown as { keywardTold(told: Told): Promise<void> }).keywardTold(told);
  const written = new Map<string, WrittenRecord>();

  /** The length in four bytes, then JSON. */
  const sessionIn = (data: BufferSource): WrittenRecord | undefined => {
    try {
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset);
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
      const value = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as object;
      return 'lineage' in value && 'generation' in value ? (value as unknown as WrittenRecord) : undefined; // just looked at
    } catch {
      return undefined;
    }
  };

  // A blank page is no secure context and has none.
  if (!('subtle' in crypto)) return;
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = async (algorithm, key, data) => {
    const record = sessionIn(data);
    if (record) {
      written.set(`${record.id} ${record.revision}`, record);
      await tell({ what: 'writes', record });
    }
    return await encrypt(algorithm, key, data);
  };

  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: object, ...rest) {
    const { id, revision } = value as { id?: string; revision?: number }; // a row of the vault has both
    const record = written.get(`${id} ${revision}`);
    if (record) this.transaction.addEventListener('complete', () => void tell({ what: 'stored', record }));
    return put.call(this, value, ...rest);
  };

  const fetchReal = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const [, connection] = /\/gw\/v1\/call\/([^/]+)\/refresh$/.exec(typeof input === 'string' ? input : '') ?? [];
    if (connection === undefined) return await fetchReal(input, init);
    await tell({ what: 'sends', connection });
    const response = await fetchReal(input, init);
    const text = response.text.bind(response);
    response.text = async () => {
      const body = await text();
      await tell({ what: 'was-answered', connection });
      return body;
    };
    return response;
  };
}
