import type { FormValues } from '../providers/sign-in-way.ts';

/** An API key that a person chose to keep, so that tokens can be minted again with it. Never an account's password. */
export interface Credential {
  readonly id: string;
  readonly connection: string;
  readonly provider: string;
  /** The server that it belongs to. */
  readonly baseUrl: string;
  readonly way: string;
  readonly label: string;
  readonly values: FormValues;
  readonly keptAtMs: number;
  readonly revision: number;
}

/** What React reads of it. */
export type CredentialView = Omit<Credential, 'values'>;

export function viewOfCredential({ values: _secret, ...view }: Credential): CredentialView {
  return view;
}
