import type { Connection } from '../../http/envelope.ts';

interface ConnectionPickerProps {
  readonly connections: readonly Connection[];
  readonly value: string;
  readonly onPick: (id: string) => void;
}

/** Which server of this provider; nothing to choose where there is one. */
export function ConnectionPicker({ connections, value, onPick }: ConnectionPickerProps) {
  if (connections.length < 2) return null;
  return (
    <label className="flex min-w-0 items-center gap-2 text-ink-2">
      <span>Connection</span>
      <select className="input select w-auto min-w-0" value={value} onChange={(event) => onPick(event.target.value)}>
        {connections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
