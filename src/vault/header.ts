/** What lies in clear about a vault: its id, and its ways to be opened. Kept twice, each copy with a checksum. */
import { toBase64Url } from '../lib/base64.ts';
import { list, number, object, one, text, type Of, type Shape } from '../lib/shape.ts';
import { bytesOf } from './format.ts';
import { inBounds } from './passphrase.ts';
import type { PasskeyMethod, PassphraseMethod, UnlockMethod } from './unlock-method.ts';

const wrapped = { id: text, createdAtMs: number, iv: text, wrapped: text };
const passphraseShape: Shape<PassphraseMethod> = object({
  ...wrapped,
  type: one(['passphrase']),
  params: object({ salt: text, iterations: number }),
});
const passkeyShape: Shape<PasskeyMethod> = object({
  ...wrapped,
  type: one(['passkey']),
  params: object({ credential: text, input: text, host: text }),
});
const methodShape: Shape<UnlockMethod> = (value): value is UnlockMethod =>
  passkeyShape(value) || (passphraseShape(value) && inBounds(value.params));
/** Of a kind that a later version has added: it opens nothing here, and is stored again as it is. */
export interface ForeignMethod {
  readonly type: string;
}
const anyMethod: Shape<ForeignMethod> = object({ type: text });
const isForeign = ({ type }: ForeignMethod): boolean => type !== 'passphrase' && type !== 'passkey';

const formatShape = object({ format: number });
const headerShape = object({
  format: number,
  vaultId: text,
  createdAtMs: number,
  /** Raised by every change: of two good copies the higher one counts. */
  version: number,
  methods: list(anyMethod),
});

export type Header = Omit<Of<typeof headerShape>, 'methods'> & {
  readonly methods: readonly UnlockMethod[];
  readonly foreign?: readonly ForeignMethod[];
};

export const FORMAT = 1;

/** One copy as it is stored: the header's JSON and the SHA-256 of it. */
export interface StoredHeader {
  readonly text: string;
  readonly sha256: string;
}

const storedShape: Shape<StoredHeader> = object({ text, sha256: text });

const sha256 = async (of: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(of))));

export async function writeHeader({ foreign = [], ...header }: Header): Promise<StoredHeader> {
  const written = JSON.stringify({ ...header, methods: [...header.methods, ...foreign] });
  return { text: written, sha256: await sha256(written) };
}

export interface GoodHeader {
  readonly kind: 'good';
  readonly header: Header;
  /** As it is stored: a change is written over this very text and no other. */
  readonly text: string;
  /** A copy is missing, damaged or older, and is to be written anew. */
  readonly mend: boolean;
}

/** `newer`: whole, and of a later version, of which nothing here may be written over. */
export type ReadHeader = { readonly kind: 'none' | 'newer' | 'damaged' } | GoodHeader;

/** The newest copy that is whole. The checksum tells a damaged vault from a wrong passphrase; it protects from nobody. */
export async function readHeader(copies: readonly unknown[]): Promise<ReadHeader> {
  if (copies.every((copy) => copy === undefined)) return { kind: 'none' };
  const read = await Promise.all(copies.map(readCopy));
  if (read.includes('newer')) return { kind: 'newer' };
  const whole = read.filter((copy) => typeof copy === 'object').sort((a, b) => b.header.version - a.header.version);
  const [newest] = whole;
  if (!newest) return { kind: 'damaged' };
  return {
    kind: 'good',
    ...newest,
    mend: whole.length < copies.length || whole.some(({ text }) => text !== newest.text),
  };
}

type ReadCopy = Pick<GoodHeader, 'header' | 'text'> | 'newer' | undefined;

async function readCopy(copy: unknown): Promise<ReadCopy> {
  if (!storedShape(copy) || (await sha256(copy.text)) !== copy.sha256) return undefined;
  try {
    const header: unknown = JSON.parse(copy.text);
    if (formatShape(header) && header.format > FORMAT) return 'newer';
    if (!headerShape(header) || header.format !== FORMAT || header.methods.length === 0) return undefined;
    const foreign = header.methods.filter(isForeign);
    const methods = header.methods.filter((method) => !isForeign(method));
    if (!list(methodShape)(methods)) return undefined;
    return methods.length > 0 ? { header: { ...header, methods, foreign }, text: copy.text } : 'newer';
  } catch {
    return undefined;
  }
}
