import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { documentHeaders, fileHeaders } from './security-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

type Encoding = 'br' | 'gzip';

interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly encoded: Partial<Record<Encoding, Buffer>>;
}

export interface AskedFile {
  readonly method: string;
  /** Path of the URL, as it came. */
  readonly path: string;
  /** The same with its query. */
  readonly target: string;
  /** `localhost:4600`, or another name of this machine. */
  readonly host: string;
  header(name: string): string | undefined;
}

/**
 * Serves the built page from memory: the files there are were listed at the start, so no path of a request ever reaches
 * the file system. Undefined where there is no such file.
 */
export function createStatic(root: string): (asked: AskedFile) => Response | undefined {
  const files = readBuild(root);
  return (asked) => {
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return undefined;
    const path = asked.path === '/' ? '/index.html' : asked.path;
    const found = path.endsWith('.html') ? undefined : files.get(path);
    if (found) return serveFile(found, path, asked);
    const index = files.get('/index.html');
    if (!index || !isDocument(path, asked)) return undefined;
    return asked.host.startsWith('localhost') ? serveDocument(index, asked) : toLocalhost(asked);
  };
}

function readBuild(root: string): ReadonlyMap<string, BuiltFile> {
  const files = new Map<string, BuiltFile>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(root, file).split(sep).join('/')}`;
    // A folder with a dot in front holds what the build tool wrote for itself.
    if (!entry.isFile() || type === undefined || path.includes('/.')) continue;
    const plain = readFileSync(file);
    const [br, gzip] = [readIfThere(`${file}.br`), readIfThere(`${file}.gz`)];
    files.set(path, {
      type,
      plain,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      encoded: { ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) },
    });
  }
  return files;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** What an address of a page looks like, one that is not there as well: no dot, nothing that is spelt with `%`. */
const PAGE_ADDRESS = /^\/(?!assets\/)[\w/-]*$/;

/**
 * Any address of the console that is no file is the console itself, which then shows the page of that address. What a
 * script or a style asked for never is: a missing chunk must be a 404, not a document.
 */
function isDocument(path: string, asked: AskedFile): boolean {
  const destination = asked.header('sec-fetch-dest');
  if (destination !== undefined && destination !== 'document') return false;
  return path === '/index.html' || PAGE_ADDRESS.test(path);
}

/** To a browser 127.0.0.1 is another origin: what it keeps for the console would be missing there. */
function toLocalhost({ host, target }: AskedFile): Response {
  const port = /:\d+$/.exec(host)?.[0] ?? '';
  return new Response(null, {
    status: 307,
    headers: { ...documentHeaders, location: `http://localhost${port}${target}` },
  });
}

function serveDocument(file: BuiltFile, asked: AskedFile): Response {
  return respond(file, asked, { ...documentHeaders, 'content-type': file.type });
}

function serveFile(file: BuiltFile, path: string, asked: AskedFile): Response {
  const headers = {
    ...fileHeaders,
    'content-type': file.type,
    // Names under /assets/ carry a hash of their content.
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'Accept-Encoding',
    etag: file.etag,
  };
  const known = asked
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(file.etag)) return new Response(null, { status: 304, headers });
  return respond(file, asked, headers);
}

function respond(file: BuiltFile, asked: AskedFile, headers: Readonly<Record<string, string>>): Response {
  const encoding = encodingFor(asked.header('accept-encoding') ?? '', file);
  const bytes = (encoding && file.encoded[encoding]) ?? file.plain;
  const whole = {
    ...headers,
    'content-length': String(bytes.length),
    ...(encoding ? { 'content-encoding': encoding } : {}),
  };
  return new Response(asked.method === 'HEAD' ? null : new Uint8Array(bytes), { headers: whole });
}

function encodingFor(accepted: string, file: BuiltFile): Encoding | undefined {
  const takes = (name: string): boolean =>
    new RegExp(`(?:^|,)\\s*${name}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))|,|$)`, 'i').test(accepted);
  return (['br', 'gzip'] as const).find((name) => file.encoded[name] && takes(name));
}
