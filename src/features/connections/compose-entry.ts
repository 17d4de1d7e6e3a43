/** Builds one connection's entry for the operator's file from what a person filled in. Pure; no secret's value is ever in it. */
import type { ProviderSettings, SettingField } from '../../http/settings.ts';
import { checkBaseUrl } from './base-url.ts';

export interface Draft {
  readonly provider: string;
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  /** By the setting's key; the name of an environment variable where the setting is secret. */
  readonly settings: Readonly<Record<string, string>>;
  readonly ca: string;
  readonly allowInsecure: boolean;
  readonly forwardClientAddress: boolean;
}

export interface Composed {
  /** In the shape of the operator's file. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** What is wrong and how to mend it, by the draft's field; a setting's is under `settings.<key>`. */
  readonly faults: Readonly<Record<string, string>>;
  /** Plain http to another machine: the entry has to say that this is accepted. */
  readonly asksForInsecure: boolean;
}

const COUNT_MAX = 1_000;

export function composeEntry(draft: Draft, settings: ProviderSettings, takenIds: readonly string[]): Composed {
  const base = checkDraftBaseUrl(draft, settings);
  const fields = settings.fields.filter((field) => !isMoot(draft.settings, field, settings.fields));
  const found: readonly (readonly [string, string | undefined])[] = [
    ['name', faultOfName(draft.name)],
    ['id', faultOfId(draft.id, takenIds)],
    ['baseUrl', base.fault],
    ...fields.map(
      (field) =>
        [
          `settings.${field.key}`,
          faultOfSetting(field, valueOf(draft, field, settings), isNeeded(draft, field, settings)),
        ] as const,
    ),
  ];
  const written = fields.flatMap((field) => {
    const value = valueOf(draft, field, settings);
    return value === '' ? [] : [[field.key, field.secret ? { env: value } : value] as const];
  });
  return {
    entry: {
      id: draft.id,
      provider: draft.provider,
      name: draft.name,
      ...(draft.baseUrl !== '' && { baseUrl: draft.baseUrl }),
      settings: Object.fromEntries(written),
      ...(draft.ca !== '' && { ca: draft.ca }),
      ...(base.asksForInsecure && draft.allowInsecure && { allowInsecure: true }),
      ...(draft.forwardClientAddress && { forwardClientAddress: true }),
    },
    faults: Object.fromEntries(found.flatMap(([at, fault]) => (fault === undefined ? [] : [[at, fault]]))),
    asksForInsecure: base.asksForInsecure,
  };
}

/** A name for the environment variable that holds a secret: `ACME_EU_API_KEY`. */
export const suggestedVariable = (id: string, key: string): string =>
  `${id}_${key.replace(/([a-z\d])([A-Z])/g, '$1_$2')}`
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
    .replace(/^(?=\d)/, '_');

/** What stands in the entry: a secret's variable gets a name where nobody gave one. */
function valueOf(draft: Draft, field: SettingField, settings: ProviderSettings): string {
  const given = givenIn(draft, field);
  return given === '' && field.secret && isNeeded(draft, field, settings)
    ? suggestedVariable(draft.id || draft.provider, field.key)
    : given;
}

const givenIn = (draft: { readonly settings: Settings }, field: SettingField): string =>
  draft.settings[field.key] ?? field.default ?? '';

type Settings = Readonly<Record<string, string | undefined>>;

/** Whether it says nothing, with what else the settings of the connection say. */
export function isMoot(settings: Settings, { mootWhen }: SettingField, fields: readonly SettingField[]): boolean {
  const other = mootWhen && fields.find(({ key }) => key === mootWhen.key);
  return other !== undefined && givenIn({ settings }, other) === mootWhen?.is;
}

/** Whether it may not be left out, with what else the draft says. */
export function isNeeded(
  draft: Pick<Draft, 'settings'>,
  { required, requiredWhen }: SettingField,
  { fields }: ProviderSettings,
): boolean {
  const other = requiredWhen && fields.find(({ key }) => key === requiredWhen.key);
  return required ?? (other !== undefined && givenIn(draft, other) === requiredWhen?.is);
}

function faultOfId(id: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(id)) {
    return 'The id must be 1 to 64 small letters, digits and inner hyphens, like iam-production.';
  }
  return taken.includes(id)
    ? 'The id is taken by a connection that is set up. Give each connection an id of its own.'
    : undefined;
}

const faultOfName = (name: string): string | undefined =>
  /^\S(?:[^\p{Cc}\p{Cf}]{0,78}\S)?$/u.test(name)
    ? undefined
    : 'The name must be 1 to 80 visible characters, without a space at either end.';

function faultOfSetting(field: SettingField, value: string, needed: boolean): string | undefined {
  if (field.secret) {
    if (value === '') return undefined;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)
      ? undefined
      : `${field.label} names no environment variable: a name is letters, digits and _.`;
  }
  if (value === '') return needed ? `${field.label} is missing. ${field.hint}` : undefined;
  switch (field.kind) {
    case 'count-or-none': {
      const count = /^[1-9]\d{0,3}$/.test(value) ? Number(value) : Number.NaN;
      return value === 'none' || value === 'unknown' || count <= COUNT_MAX
        ? undefined
        : `${field.label} must be a number from 1 to ${String(COUNT_MAX)}, "none" or "unknown".`;
    }
    case 'choice':
      return field.choices?.some((choice) => choice.value === value)
        ? undefined
        : `${field.label} must be one of the list.`;
    case 'text':
      if (/\p{Cc}/u.test(value)) return `${field.label} must be text without line breaks.`;
      return field.pattern && !field.pattern.matches.test(value) ? field.pattern.otherwise : undefined;
    default:
      return field.kind satisfies never;
  }
}

interface BaseFinding {
  readonly fault: string | undefined;
  readonly asksForInsecure: boolean;
}

function checkDraftBaseUrl(draft: Draft, settings: ProviderSettings): BaseFinding {
  const template = draft.baseUrl === '' ? settings.defaultBaseUrl : draft.baseUrl;
  if (template === undefined)
    return { fault: `The base URL is missing. ${settings.baseUrlHint}`, asksForInsecure: false };
  const filled = fillIn(template, draft, settings);
  if (filled.fault !== undefined) return { fault: `The base URL ${filled.fault}`, asksForInsecure: false };
  const check = checkBaseUrl(filled.text);
  if (!check.ok) return { fault: `The base URL ${check.fault}`, asksForInsecure: false };
  const asksForInsecure = check.plainHttp && !check.loopback;
  return {
    fault: asksForInsecure && !draft.allowInsecure ? INSECURE : undefined,
    asksForInsecure,
  };
}

const INSECURE =
  'The base URL is plain http to another machine: everybody on the way could read passwords and tokens. Use https, or accept that below.';

/** Fills `{key}` from the settings. A setting that is missing or wrong has a fault of its own, and is stood in for here. */
function fillIn(
  template: string,
  draft: Draft,
  settings: ProviderSettings,
): { readonly text: string; readonly fault: string | undefined } {
  let found: string | undefined;
  const text = template.replace(/\{([^{}]*)\}/g, (_, key: string) => {
    const field = settings.fields.find((candidate) => candidate.key === key && !candidate.secret);
    if (!field) found ??= 'has a {…} in it that is no open setting of this provider. Take it out.';
    const value = field && valueOf(draft, field, settings);
    const wire = field?.choices?.find((choice) => choice.value === value)?.inBaseUrl ?? value ?? '';
    if (!/^[A-Za-z0-9._~-]*$/.test(wire)) {
      found ??= `takes in the setting ${key}, which may hold only letters, digits and - . _ ~ there.`;
      return 'setting';
    }
    return wire === '' && !field?.choices ? 'setting' : wire;
  });
  return { text, fault: found };
}
