import type { FormValues, Offer } from '../../providers/sign-in-way.ts';
import { Button } from '../../ui/button.tsx';

interface OfferedWayProps {
  readonly offer: Offer;
  readonly onTake: (offered: FormValues) => void;
}

/** A way on that was found and is not taken by itself. */
export function OfferedWay({ offer: { sentence, button, values }, onTake }: OfferedWayProps) {
  return (
    <div className="grid justify-items-start gap-2">
      <p>{sentence}</p>
      <Button size="small" onClick={() => onTake(values)}>
        {button}
      </Button>
    </div>
  );
}
