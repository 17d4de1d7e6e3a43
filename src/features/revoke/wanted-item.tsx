import { useId } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Ending } from '../../providers/ending.ts';
import { titleOf, type Offer } from '../../revocation/offer.ts';
import type { JobView } from '../../revocation/job.ts';
import { Badge } from '../../ui/badge.tsx';
import { Band } from '../../ui/band.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Link } from '../../ui/link.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { followHref } from './board-href.ts';
import { EndingPlan } from './ending-plan.tsx';
import { GuideSteps } from './guide-steps.tsx';

interface WantedItemProps {
  readonly offer: Offer;
  /** Laid out only once it comes near the window. */
  readonly isOneOfMany: boolean;
  /** It has the thing in hand already. */
  readonly running: JobView | undefined;
  /** Undefined: there is none, and its routes are shown. */
  readonly ending: Ending | undefined;
  readonly consented: boolean;
  readonly onChoose: (ending: string) => void;
  readonly onConsent: (consented: boolean) => void;
}

/** One thing in the confirm sheet: what it is, how it is ended, and what that means. */
export function WantedItem(props: WantedItemProps) {
  const { offer, isOneOfMany, running, ending, consented, onChoose, onConsent } = props;
  const heading = useId();
  const { hands } = useServices();
  const { provider, connection, thing, means, endings, routes, noun } = offer;
  return (
    <li className={`grid grid-cols-[minmax(0,1fr)] gap-2.5 ${isOneOfMany ? 'off-screen-later' : ''}`}>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h3 id={heading} className="min-w-0 font-semibold wrap-anywhere">
          {titleOf(provider.name, noun, thing)}
        </h3>
        <span className="text-ink-2">{connection.name}</span>
        {means.own && <Badge look="warn">this console uses it: goes last</Badge>}
      </div>
      {ending && endings.length > 1 && (
        <SelectField
          label="How"
          aria-label={`How to end ${thing.name}`}
          value={ending.id}
          options={endings.map(({ id, label }) => ({ value: id, label }))}
          hint={ending.reason}
          onChange={(event) => onChoose(event.target.value)}
        />
      )}
      {ending && endings.length === 1 && (
        <p>
          {ending.label}. {ending.reason !== undefined && <span className="text-ink-2">{ending.reason}</span>}
        </p>
      )}
      {ending && <EndingPlan ending={ending} offsetMs={hands.offsetMs(connection.id)} />}
      {ending?.consent !== undefined && (
        <CheckBox
          label="Use what was found on itself"
          hint={ending.consent}
          checked={consented}
          aria-required
          onChange={(event) => onConsent(event.target.checked)}
        />
      )}
      {running && (
        <Band
          tone="busy"
          title={`It is being worked on already: ${running.title}.`}
          action={
            <Link to={followHref(running)} className={buttonClass('secondary', 'small')}>
              Open it
            </Link>
          }
        >
          So it is not part of this.
        </Band>
      )}
      {!ending && !running && (
        <>
          <p>Nothing at hand here can end it, so it is not part of this. What can be done elsewhere:</p>
          {routes.map((route) => (
            <GuideSteps key={route.title} guide={route} titled />
          ))}
        </>
      )}
    </li>
  );
}
