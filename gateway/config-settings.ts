import type { SettingField } from '../src/http/settings.ts';
import type { Entry, Report, Surroundings } from './config-schema.ts';
import type { Vendor } from './connections.ts';

type Written = NonNullable<NonNullable<Entry['settings']>[string]>;

interface CheckedSettings {
  readonly settings: Record<string, string>;
  readonly secrets: Record<string, string>;
}

const COUNT_MAX = 1_000;

/** Checks the settings of one connection against its vendor's fields and fills in what the vendor has a default for. */
export function checkSettings(
  entry: Entry,
  vendor: Vendor,
  path: string,
  around: Pick<Surroundings, 'env'>,
  report: Report,
): CheckedSettings {
  const { fields } = vendor.settings;
  const written = entry.settings ?? {};
  const known = fields.map(({ key }) => key);
  for (const key of Object.keys(written)) {
    if (known.includes(key)) continue;
    report(
      `${path}.settings.${key}`,
      `is no setting of ${entry.provider}. Known settings: ${known.join(', ') || 'none'}.`,
    );
  }
  const checked: CheckedSettings = { settings: {}, secrets: {} };
  for (const field of fields) {
    const at = `${path}.settings.${field.key}`;
    const given = Object.hasOwn(written, field.key) ? written[field.key] : undefined;
    if (given === undefined && Object.hasOwn(written, field.key)) {
      report(at, misshapenWords(field));
      continue;
    }
    if (given === undefined) {
      const why = whyNeeded(field, written, fields);
      if (why !== undefined) report(at, `is missing (${field.label}). ${why}${field.secret ? ` ${secretFix}` : ''}`);
      else if (field.default !== undefined) checked.settings[field.key] = field.default;
      continue;
    }
    const value = field.secret ? readSecret(given, at, around, report) : readOpen(field, given, at, report);
    if (value !== undefined) checked[field.secret ? 'secrets' : 'settings'][field.key] = value;
  }
  return checked;
}

/** Why a setting that is not given has to be; undefined where it may be left out. */
function whyNeeded(
  { required, requiredWhen, hint }: SettingField,
  written: NonNullable<Entry['settings']>,
  fields: readonly SettingField[],
): string | undefined {
  if (required) return hint;
  if (!requiredWhen) return undefined;
  const { key, is } = requiredWhen;
  const other = Object.hasOwn(written, key) ? written[key] : fields.find((field) => field.key === key)?.default;
  return other === is ? `It is needed because ${key} is "${is}".` : undefined;
}

const secretFix = 'Write { "env": "NAME" } and set that environment variable.';

const IN_THE_FILE = `is a secret and must not stand in the file. ${secretFix}`;

/** Of a value that is neither text nor a number, nor names a variable. */
function misshapenWords(field: SettingField): string {
  if (field.secret) return IN_THE_FILE;
  return (field.kind === 'text' ? undefined : faultOf(field, '')) ?? 'must be text in " or a number.';
}

function readSecret(
  given: Written,
  at: string,
  { env }: Pick<Surroundings, 'env'>,
  report: Report,
): string | undefined {
  if (typeof given !== 'object') {
    report(at, IN_THE_FILE);
    return undefined;
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(given.env)) {
    report(at, 'names no environment variable: a name is letters, digits and _.');
    return undefined;
  }
  const value = env[given.env];
  if (value === undefined || value === '') {
    report(at, `names the environment variable ${given.env}, which is not set. Set it and start again.`);
    return undefined;
  }
  if (/^\s|\s$|\p{Cc}/u.test(value)) {
    report(at, `names ${given.env}, whose value begins or ends with a space or holds a line break. Take that out.`);
    return undefined;
  }
  return value;
}

function readOpen(field: SettingField, given: Written, at: string, report: Report): string | undefined {
  if (typeof given === 'object') {
    report(at, 'is not a secret; write the value itself.');
    return undefined;
  }
  const value = String(given);
  const fault = faultOf(field, value);
  if (fault === undefined) return value;
  report(at, fault);
  return undefined;
}

function faultOf(field: SettingField, value: string): string | undefined {
  switch (field.kind) {
    case 'count-or-none': {
      const count = /^[1-9]\d{0,3}$/.test(value) ? Number(value) : Number.NaN;
      return value === 'none' || value === 'unknown' || count <= COUNT_MAX
        ? undefined
        : `must be a number from 1 to ${COUNT_MAX}, "none" or "unknown".`;
    }
    case 'choice': {
      const values = (field.choices ?? []).map((choice) => choice.value);
      return values.includes(value) ? undefined : `must be one of: ${values.join(', ')}.`;
    }
    case 'text':
      if (value === '' || /\p{Cc}/u.test(value)) return 'must be text without line breaks, and not empty.';
      return field.pattern && !field.pattern.matches.test(value) ? field.pattern.otherwise : undefined;
    default:
      return field.kind satisfies never;
  }
}

export const PLACEHOLDER = /\{([^{}]*)\}/g;

interface Filled {
  /** Every placeholder has its value. */
  readonly isWhole: boolean;
  /** The text, with what is to stand in for a value where none can be had. */
  fill(standIn: string): string;
}

/** Fills `{key}` in a base URL from the settings. Why a value cannot be had was said, here or of the setting itself. */
export function fillPlaceholders(
  template: string,
  entry: Entry,
  vendor: Vendor,
  settings: Readonly<Record<string, string>>,
  at: string,
  report: Report,
): Filled {
  const values: (string | undefined)[] = [];
  for (const [, key = ''] of template.matchAll(PLACEHOLDER)) {
    const field = vendor.settings.fields.find((candidate) => candidate.key === key && !candidate.secret);
    const value = field ? settings[key] : undefined;
    const text = field?.choices?.find((choice) => choice.value === value)?.inBaseUrl ?? value;
    // A value from a setting must not be able to become another host or path.
    const isFit = text !== undefined && /^[A-Za-z0-9._~-]*$/.test(text);
    values.push(isFit ? text : undefined);
    if (!field) report(at, `has a {…} in it that is no open setting of this provider. Take it out.`);
    else if (text !== undefined && !isFit) {
      report(at, `takes in the setting ${key}, which may hold only letters, digits and - . _ ~ there.`);
    }
    // Where it was given and is at fault, that was said already.
    else if (text === undefined && !field.required && !Object.hasOwn(entry.settings ?? {}, key))
      report(at, `takes in the setting ${key}, which is not given.`);
  }
  return {
    isWhole: !values.includes(undefined),
    fill(standIn) {
      const left = values.values();
      return template.replace(PLACEHOLDER, () => left.next().value ?? standIn);
    },
  };
}
