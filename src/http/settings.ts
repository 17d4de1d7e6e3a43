/**
 * A connection's fields as data: what a vendor's `settings.ts` is made of. The gateway checks the operator's file against
 * it, the settings page draws it. Secrecy is declared, never guessed from a name. Types only.
 */
export interface SettingField {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: 'text' | 'choice' | 'count-or-none';
  /** The operator names an environment variable (`{ "env": "NAME" }`); the value never leaves the gateway. */
  readonly secret?: true;
  readonly required?: true;
  /** Required where another setting of the connection has this value, as given or by default. */
  readonly requiredWhen?: { readonly key: string; readonly is: string };
  /** Says nothing where another setting of the connection has this value, as given or by default: then it is not shown. */
  readonly mootWhen?: { readonly key: string; readonly is: string };
  readonly default?: string;
  /** For `choice`. `inBaseUrl` replaces `{key}` in the base URL where the wire's spelling differs from `value`. */
  readonly choices?: readonly { readonly value: string; readonly label: string; readonly inBaseUrl?: string }[];
  /** For `text`: what the whole value must match, and the sentence for when it does not. */
  readonly pattern?: { readonly matches: RegExp; readonly otherwise: string };
}

export interface ProviderSettings {
  /** Used where the operator gives none. `{key}` is filled from the settings: `https://{tenant}.api{region}.example/v1`. */
  readonly defaultBaseUrl?: string;
  readonly baseUrlHint: string;
  readonly fields: readonly SettingField[];
}
