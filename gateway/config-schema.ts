import * as z from 'zod/mini';
import { readBaseUrl } from './base-url.ts';
import { certificatesIn } from './certificate-file.ts';
import type { GatewayConnection, Vendor, Vendors } from './connections.ts';
import { checkSettings, fillPlaceholders, PLACEHOLDER } from './config-settings.ts';

z.config({ jitless: true });

/** What the check of a file needs from outside: the vendors there are, the environment, and how to read a file. */
export interface Surroundings {
  readonly vendors: Vendors;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads a file named in the configuration; throws where it cannot. */
  readFile(path: string): string;
}

export interface CheckedConfiguration {
  readonly connections: readonly GatewayConnection[];
  /** Every fault of the file, each as `path: what is wrong and how to mend it`. Never holds a secret's value. */
  readonly faults: readonly string[];
}

export type Report = (path: string, sentence: string) => void;

const secretSetting = z.strictObject({ env: z.string() });
const setting = z.union([z.string(), z.number(), secretSetting]);
/** With an unknown name beside it a secret is a fault of shape, and which variable it names can still be judged. */
const usableSetting = z.union([z.string(), z.number(), z.object(secretSetting.shape)]);

const entrySchema = z.strictObject({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  baseUrl: z.optional(z.string()),
  settings: z.optional(z.record(z.string(), setting)),
  ca: z.optional(z.string()),
  allowInsecure: z.optional(z.boolean()),
  forwardClientAddress: z.optional(z.boolean()),
  allowSelfUse: z.optional(z.boolean()),
});

const fileSchema = z.strictObject({ connections: z.array(z.unknown()) });

/** What of a file, and of an entry, has its shape, so that one fault of shape hides no other fault. */
const usablePartOfFile = z.object({ connections: z.catch(fileSchema.shape.connections, []) });

const { shape } = entrySchema;
const usablePartOfEntry = z.object({
  id: z.catch(shape.id, ''),
  provider: z.catch(shape.provider, ''),
  name: z.catch(shape.name, ''),
  baseUrl: z.catch(shape.baseUrl, undefined),
  // Where a setting has no shape its name stays, without a value: it was given.
  settings: z.catch(z.optional(z.record(z.string(), z.catch(z.optional(usableSetting), undefined))), undefined),
  ca: z.catch(shape.ca, undefined),
  allowInsecure: z.catch(shape.allowInsecure, undefined),
  forwardClientAddress: z.catch(shape.forwardClientAddress, undefined),
  allowSelfUse: z.catch(shape.allowSelfUse, undefined),
});

export type Entry = z.infer<typeof usablePartOfEntry>;

/** Checks a whole file, already read as JSON. Connections are complete only where there is no fault. */
export function checkConfiguration(file: unknown, surroundings: Surroundings): CheckedConfiguration {
  const faults: string[] = [];
  const report: Report = (path, sentence) => faults.push(`${path}: ${sentence}`);
  reportShape(fileSchema, file, '', report);
  const usable = usablePartOfFile.safeParse(file);
  const connections: GatewayConnection[] = [];
  const firstWithId = new Map<string, number>();
  usable.data?.connections.forEach((raw, index) => {
    const path = `connections[${index}]`;
    const entry = usablePartOfEntry.safeParse(raw).data;
    const vendor = entry && vendorOf(entry, surroundings);
    const misshapen = reportShape(entrySchema, raw, path, report, vendor);
    if (!entry) return;
    const reportFurther: Report = (at, sentence) => {
      if (!misshapen.some((said) => at === said || at.startsWith(`${said}.`))) report(at, sentence);
    };
    // An empty id is a fault already.
    const first = entry.id === '' ? undefined : firstWithId.get(entry.id);
    if (first === undefined) firstWithId.set(entry.id, index);
    else reportFurther(`${path}.id`, `is the id of connections[${first}] too. Give each connection an id of its own.`);
    const connection = checkEntry(entry, vendor, path, surroundings, reportFurther);
    if (connection) connections.push(connection);
  });
  return { connections, faults };
}

const vendorOf = ({ provider }: Entry, { vendors }: Surroundings): Vendor | undefined =>
  Object.hasOwn(vendors, provider) ? vendors[provider] : undefined;

function checkEntry(
  entry: Entry,
  vendor: Vendor | undefined,
  path: string,
  around: Surroundings,
  report: Report,
): GatewayConnection | undefined {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(entry.id)) {
    report(`${path}.id`, 'must be 1 to 64 small letters, digits and inner hyphens, like iam-production.');
  }
  if (!/^\S(?:[^\p{Cc}\p{Cf}]{0,78}\S)?$/u.test(entry.name)) {
    report(`${path}.name`, 'must be 1 to 80 visible characters, without a space at either end.');
  }
  const ca = entry.ca === undefined ? null : readCa(entry.ca, `${path}.ca`, around, report);
  if (!vendor) {
    const known = Object.keys(around.vendors).sort().join(', ');
    report(`${path}.provider`, `is none that Keyward knows. Use one of: ${known}.`);
    // What a { } in it stands for is the provider's affair.
    const { baseUrl } = entry;
    if (baseUrl?.includes('{')) judgeUnfilled((value) => baseUrl.replace(PLACEHOLDER, value), entry, path, report);
    else if (baseUrl !== undefined) judgeBaseUrl(baseUrl, entry, path, report);
    return undefined;
  }
  const checked = checkSettings(entry, vendor, path, around, report);
  const base = checkBaseUrl(entry, vendor, checked.settings, path, report);
  if (!base) return undefined;
  return {
    id: entry.id,
    provider: entry.provider,
    name: entry.name,
    baseUrl: base.baseUrl,
    settings: checked.settings,
    secrets: checked.secrets,
    ca,
    insecure: base.insecure,
    forwardClientAddress: entry.forwardClientAddress ?? false,
    ...(entry.allowSelfUse === false && { allowSelfUse: false }),
  };
}

interface JudgedBaseUrl {
  readonly baseUrl: string;
  readonly insecure: boolean;
}

function checkBaseUrl(
  entry: Entry,
  vendor: Vendor,
  settings: Readonly<Record<string, string>>,
  path: string,
  report: Report,
): JudgedBaseUrl | undefined {
  const at = `${path}.baseUrl`;
  const template = entry.baseUrl ?? vendor.settings.defaultBaseUrl;
  if (template === undefined) {
    report(at, `is missing. ${vendor.settings.baseUrlHint}`);
    return undefined;
  }
  const { isWhole, fill } = fillPlaceholders(template, entry, vendor, settings, at, report);
  if (isWhole) return judgeBaseUrl(fill(''), entry, path, report);
  judgeUnfilled(fill, entry, path, report);
  return undefined;
}

function judgeBaseUrl(filled: string, entry: Entry, path: string, report: Report): JudgedBaseUrl | undefined {
  const at = `${path}.baseUrl`;
  const read = readBaseUrl(filled);
  if (!read.ok) for (const fault of read.faults) report(at, fault);
  const insecure = read.ok ? read.plainHttp && !read.loopback : read.insecure;
  const isRefused = insecure && entry.allowInsecure !== true;
  if (isRefused) report(at, INSECURE);
  return read.ok && !isRefused ? { baseUrl: read.baseUrl, insecure } : undefined;
}

const INSECURE =
  'is plain http to another machine: everybody on the way could read passwords and tokens. Use https, or add "allowInsecure": true if you accept that.';

/** Reports what is wrong with a base URL whatever its placeholders stand for. */
function judgeUnfilled(fill: (value: string) => string, entry: Entry, path: string, report: Report): void {
  const [found = [], ...others] = STANDING_IN.map((value) => {
    const faults: string[] = [];
    judgeBaseUrl(fill(value), entry, path, (_, fault) => faults.push(fault));
    return faults;
  });
  for (const fault of found.filter((one) => others.every((other) => other.includes(one))))
    report(`${path}.baseUrl`, fault);
}

/** A host of this machine, and what may be a port. */
const STANDING_IN = ['localhost', '1'] as const;

function readCa(written: string, at: string, around: Surroundings, report: Report): string | null {
  const isText = written.includes('-----BEGIN');
  let pem = written;
  if (!isText) {
    try {
      pem = around.readFile(written);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      report(at, `names the file ${written}, which cannot be read (${code}). Name a PEM file, relative to this file.`);
      return null;
    }
  }
  const certificates = certificatesIn(pem);
  if (certificates === null) {
    report(at, 'holds no readable certificate. Use PEM: -----BEGIN CERTIFICATE----- and so on.');
  }
  return certificates;
}

const expectedWords: Readonly<Record<string, string>> = {
  object: '{ … }',
  array: '[ … ]',
  record: '{ … }',
  string: 'text in "',
  boolean: 'true or false',
};

/**
 * Zod's findings in plain words; its own sentences may quote a value, and the value may be a secret. Gives the paths that
 * are missing or of another shape: nothing further is to be said of them. A setting of a known vendor is left to the check
 * of settings, which knows what it should be.
 */
function reportShape(
  schema: typeof fileSchema | typeof entrySchema,
  input: unknown,
  base: string,
  report: Report,
  vendor?: Vendor,
) {
  const misshapen: string[] = [];
  for (const issue of schema.safeParse(input, { reportInput: true }).error?.issues ?? []) {
    const setting = issue.path[0] === 'settings' && issue.path.length > 1 ? issue.path[1] : undefined;
    const isSecret = vendor?.settings.fields.some(({ key, secret }) => key === setting && secret);
    if (vendor && setting !== undefined && !(isSecret && issue.code === 'unrecognized_keys')) continue;
    const steps = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
    const path = (base + steps.join('')).replace(/^\./, '') || 'the file';
    if (issue.code === 'unrecognized_keys') {
      // Further in stands only a secret.
      const known = Object.keys(issue.path.length === 0 ? schema.shape : secretSetting.shape).join(', ');
      for (const key of issue.keys) report(path, `has the unknown name ${JSON.stringify(key)}. Known names: ${known}.`);
      continue;
    }
    misshapen.push(path);
    if (issue.code !== 'invalid_type') report(path, 'must be text in ", a number, or { "env": "NAME" }.');
    else {
      const missing = issue.input === undefined ? 'is missing. It ' : '';
      report(path, `${missing}must be ${expectedWords[issue.expected] ?? issue.expected}.`);
    }
  }
  return misshapen;
}
