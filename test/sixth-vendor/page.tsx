import { ProviderPage } from '../../src/pages/provider-page.tsx';
import { sixth } from './index.ts';

export function Page() {
  return <ProviderPage provider={sixth} about={() => []} />;
}
