import type { Connection } from '../../http/envelope.ts';
import type { SettingField } from '../../http/settings.ts';
import { primatime } from '../../providers/primatime/index.ts';
import type { SessionView } from '../../sessions/record.ts';
import { ProviderPage } from '../provider-page.tsx';

/** PrimaTime: a token of an hour, a refresh token that works once, and no way to log out. */
export function Page() {
  return <ProviderPage provider={primatime} about={about} keys refreshNote={singleUseWords} />;
}

function about({ settings, baseUrl }: Connection): readonly string[] {
  const fields: readonly SettingField[] = primatime.settings.fields;
  const regions = fields.find(({ key }) => key === 'region')?.choices;
  const region = regions?.find(({ value }) => value === settings['region'])?.label;
  return [
    ...(settings['tenant'] === undefined ? [] : [`tenant ${settings['tenant']}`]),
    ...(region === undefined ? [] : [`region ${region}`]),
    URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl,
  ];
}

/** Where the one refresh token of a pair stands. */
function singleUseWords({ tokens, intent, uncertain, generation }: SessionView): string {
  if (intent) return 'Being used right now. Its answer brings a new pair, and this one is dead then.';
  if (uncertain)
    return 'It was sent, and what came of it is not known: it may be used up. It is tried once more, and not again.';
  if (tokens?.refreshable && !tokens.spends)
    return 'Used up or refused. The kept secret key signs in again for a new pair.';
  if (!tokens?.spends) return 'Used up or refused. The token works until it ends; then sign in again.';
  const before = generation === 0 ? '' : ' The ones before it are used up.';
  return `Single use, unused so far: one refresh spends it and brings a new pair.${before}`;
}
