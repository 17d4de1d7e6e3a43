import { useState } from 'react';
import { useConnections } from '../../console/use-services.ts';
import type { ProviderSettings, SettingField } from '../../http/settings.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ComposedEntry } from './composed-entry.tsx';
import { composeEntry, isMoot, isNeeded, suggestedVariable, type Draft } from './compose-entry.ts';

interface ComposerFormProps {
  readonly provider: string;
  readonly settings: ProviderSettings;
}

/** The fields of one connection, drawn from the vendor's own table, and the entry that they make. */
export function ComposerForm({ provider, settings }: ComposerFormProps) {
  const taken = useConnections().map(({ id }) => id);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(provider));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const composed = composeEntry(draft, settings, taken);

  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const touch = (field: string): void => setTouched((before) => new Set(before).add(field));
  /** Said once somebody has been there: an empty form is not a list of faults. */
  const faultOf = (field: string): string | undefined => (touched.has(field) ? composed.faults[field] : undefined);

  return (
    <div className="grid items-start gap-x-6 gap-y-3.5 lg:grid-cols-2">
      <div className="grid max-w-lg gap-3">
        <TextField
          label="Name"
          hint="As people know the server; shown everywhere."
          required
          value={draft.name}
          error={faultOf('name')}
          onChange={({ target }) => change({ name: target.value })}
          onBlur={() => touch('name')}
        />
        <TextField
          label="Id"
          hint="Small letters, digits and hyphens; stays the same for as long as the connection does."
          required
          value={draft.id}
          error={faultOf('id')}
          onChange={({ target }) => change({ id: target.value })}
          onBlur={() => touch('id')}
        />
        <TextField
          label="Base URL"
          hint={settings.baseUrlHint}
          required={settings.defaultBaseUrl === undefined}
          placeholder={settings.defaultBaseUrl}
          inputMode="url"
          value={draft.baseUrl}
          error={faultOf('baseUrl')}
          onChange={({ target }) => {
            change({ baseUrl: target.value });
            // A pasted address is whole at once; a typed one is judged when the field is left.
            if (target.value.length - draft.baseUrl.length > 1) touch('baseUrl');
          }}
          onBlur={() => touch('baseUrl')}
        />
        {settings.fields
          .filter((field) => !isMoot(draft.settings, field, settings.fields))
          .map((field) => (
            <SettingInput
              key={field.key}
              field={field}
              value={draft.settings[field.key] ?? field.default ?? ''}
              required={isNeeded(draft, field, settings)}
              placeholder={field.secret ? suggestedVariable(draft.id || provider, field.key) : undefined}
              error={faultOf(`settings.${field.key}`)}
              onChange={(value) => change({ settings: { ...draft.settings, [field.key]: value } })}
              onBlur={() => touch(`settings.${field.key}`)}
            />
          ))}
        <TextField
          label="Certificate file"
          hint="A PEM file with the certificate that signed the server’s, where it is not a public one; relative to the operator’s file."
          required={false}
          value={draft.ca}
          onChange={({ target }) => change({ ca: target.value })}
        />
        {composed.asksForInsecure && (
          <Switch
            label="Accept that the way is not encrypted"
            shown
            hint="Everybody on the way can then read passwords and tokens. The console keeps saying so."
            checked={draft.allowInsecure}
            onChange={(allowInsecure) => change({ allowInsecure })}
          />
        )}
        <Switch
          label="Pass the browser’s address on"
          shown
          hint="For a server that names sessions by address and trusts this gateway as its proxy."
          checked={draft.forwardClientAddress}
          onChange={(forwardClientAddress) => change({ forwardClientAddress })}
        />
      </div>
      <ComposedEntry composed={composed} />
    </div>
  );
}

const emptyDraft = (provider: string): Draft => ({
  provider,
  id: '',
  name: '',
  baseUrl: '',
  settings: {},
  ca: '',
  allowInsecure: false,
  forwardClientAddress: false,
});

interface SettingInputProps {
  readonly field: SettingField;
  readonly value: string;
  readonly required: boolean;
  readonly placeholder: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

function SettingInput({ field, value, required, placeholder, error, onChange, onBlur }: SettingInputProps) {
  if (field.choices) {
    return (
      <SelectField
        label={field.label}
        hint={field.hint}
        error={error}
        value={value}
        options={field.choices}
        onChange={({ target }) => onChange(target.value)}
      />
    );
  }
  return (
    <TextField
      label={field.secret ? `${field.label}: name of the environment variable` : field.label}
      hint={
        field.secret
          ? `${field.hint} Its value is set where the program runs, and never comes to this page.`
          : field.hint
      }
      required={required}
      placeholder={placeholder}
      value={value}
      error={error}
      onChange={({ target }) => onChange(target.value)}
      onBlur={onBlur}
    />
  );
}
