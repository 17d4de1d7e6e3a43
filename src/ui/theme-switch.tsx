import { useSyncExternalStore } from 'react';
import { Segmented } from './segmented.tsx';
import { theme, type Theme } from './theme.ts';

const options: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function ThemeSwitch() {
  const chosen = useSyncExternalStore(theme.subscribe, theme.read);
  return <Segmented label="Theme" value={chosen} options={options} onChange={theme.write} />;
}
