import type { Connection } from '../../http/envelope.ts';
import { tuleap } from '../../providers/tuleap/index.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ProviderPage } from '../provider-page.tsx';
import { refreshTokenWords } from './refresh-token-words.ts';

const TuleapSays = lazyPart(async () => (await import('./tuleap-says.tsx')).TuleapSays);

/** Tuleap: an access key, OAuth2, or the deprecated token; and whom the server takes each of them for. */
export function Page() {
  return (
    <ProviderPage
      provider={tuleap}
      about={about}
      ahead={TuleapSays}
      keys
      refreshNote={refreshTokenWords}
      own={({ session }) => <TuleapSays key={session.id} session={session} />}
    />
  );
}

function about({ settings, baseUrl }: Connection): readonly string[] {
  return [
    URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl,
    settings['clientId'] ? `OAuth2 client ${settings['clientId']}` : 'no OAuth2 client set',
  ];
}
