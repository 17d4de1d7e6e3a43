import type { KeepOffer } from '../../providers/sign-in-way.ts';
import { CheckBox } from '../../ui/check-box.tsx';

/** No vendor's field is called so. */
const NAME = 'keyward-keep';

/** Keeping a credential is for the person to choose: the box starts empty. */
export function KeepBox({ offer }: { readonly offer: KeepOffer | undefined }) {
  return offer && <CheckBox name={NAME} label={offer.label} hint={offer.hint} />;
}

export const isKeepTicked = (form: FormData): boolean => form.has(NAME);
