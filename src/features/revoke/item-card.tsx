import { useId, type ReactNode } from 'react';
import { useConnections, useServices } from '../../console/use-services.ts';
import type { FaceWithKeys } from '../../console/use-jobs.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import { keptWords } from '../../revocation/evidence-when.ts';
import { titleOf } from '../../revocation/offer.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { State } from '../../ui/state.tsx';
import { Checklist } from './checklist.tsx';
import { evidenceFacts } from './evidence-facts.ts';
import { ForPerson } from './for-person.tsx';
import { GuideSteps } from './guide-steps.tsx';
import { ItemActions } from './item-actions.tsx';
import { isCheck, stateOf } from './job-words.ts';
import './many.css';
import { Survivors } from './survivors.tsx';
import { VerdictLine } from './verdict-line.tsx';

/** So many cards of one job are laid out at once. */
const FEW = 10;

interface ItemCardProps {
  readonly job: JobView;
  readonly item: Item;
  readonly face: FaceWithKeys | undefined;
  readonly renderSignIn: (item: Item) => ReactNode;
  readonly onAnother: (wanted: WantedThing, kind: JobView['kind']) => void;
}

/** One thing on the board: its steps as they come, the evidence, the verdict, and what can be done next. */
export function ItemCard({ job, item, face, renderSignIn, onAnother }: ItemCardProps) {
  const heading = useId();
  const { registry, hands } = useServices();
  const connection = useConnections().find(({ id }) => id === item.connection);
  const vendor = registry.find(({ id }) => id === item.provider)?.name ?? item.provider;
  const noun = face?.keys.kinds.find(({ kind }) => kind === item.thing.kind)?.noun ?? '';
  const { kind, word } = stateOf(item);
  const offsetMs = hands.offsetMs(item.connection);
  const open = item.state.is === 'settled' && item.finding?.asWanted !== true && !isCheck(item);
  const routes = open && face && connection ? face.keys.routes(item.thing, connection) : [];
  return (
    <article
      aria-labelledby={heading}
      className={`panel grid grid-cols-[minmax(0,1fr)] ${job.items.length > FEW ? 'off-screen-later' : ''}`}
    >
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-1.5">
        <h3 id={heading} className="min-w-0 flex-1 font-semibold wrap-anywhere">
          {titleOf(vendor, noun, item.thing)}
        </h3>
        <State kind={kind}>{word}</State>
      </div>
      <p className="px-3.5 pt-2 text-sm wrap-anywhere text-ink-2">
        {[item.ending.label, connection?.name ?? item.connection, fingerprintWords(item)].filter(Boolean).join(' · ')}
      </p>
      <Checklist item={item} offsetMs={offsetMs} />
      {item.evidence && (
        <details className="border-t border-line px-3.5 py-2">
          <summary className="cursor-pointer text-ink-2">
            Evidence kept {formatClockTime(item.evidence.takenAtMs)}, {keptWords(item, formatClockTime)}
          </summary>
          <div className="pt-2">
            <FactList facts={evidenceFacts(item, offsetMs)} />
          </div>
        </details>
      )}
      <Survivors survivors={survivorsOf(item)} offsetMs={offsetMs} />
      <ForPerson job={job} item={item} face={face} renderSignIn={renderSignIn} />
      {routes.length > 0 && (
        <details className="border-t border-line px-3.5 py-2" open={item.finding?.notYours}>
          <summary className="cursor-pointer font-semibold">
            {item.finding?.notYours ? 'Not yours to end: other routes' : 'Other routes'}
          </summary>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-2">
            {routes.map((route) => (
              <GuideSteps key={route.title} guide={route} titled />
            ))}
          </div>
        </details>
      )}
      <ItemActions job={job} item={item} face={face} onAnother={onAnother} />
      <VerdictLine item={item} />
    </article>
  );
}

const fingerprintWords = ({ thing }: Item): string =>
  thing.fingerprint === null ? '' : `fingerprint ${thing.fingerprint}`;

/** Before there is a finding, the sheet has said what survives. */
const survivorsOf = ({ finding }: Item) => finding?.survives ?? [];
