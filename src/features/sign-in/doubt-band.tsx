import type { SlotRule } from '../../providers/contract.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import type { Doubt } from './sign-in-desk.ts';

interface DoubtBandProps {
  readonly doubts: readonly Doubt[];
  /** Undefined where the vendor has no limit of sessions. */
  readonly rule: SlotRule | undefined;
  readonly onUse: (sessionId: string) => void;
  readonly onSure: () => void;
  readonly onWithdraw: () => void;
}

/** Asks before something is sent that is probably not wanted. */
export function DoubtBand({ doubts, rule, onUse, onSure, onWithdraw }: DoubtBandProps) {
  const open = doubts.find((doubt) => doubt.kind === 'open-session');
  return (
    <Band tone="warn" title={doubts.map(titleOf).join(' ')}>
      <ul className="grid gap-1">
        {doubts.map((doubt) => (
          <li key={doubt.kind}>{reasonOf(doubt, rule)}</li>
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2">
        {open && (
          <Button size="small" look="primary" onClick={() => onUse(open.sessionId)}>
            Use the open one
          </Button>
        )}
        <Button size="small" onClick={onSure}>
          Sign in anyway
        </Button>
        <Button size="small" look="quiet" onClick={onWithdraw}>
          Not now
        </Button>
      </div>
    </Band>
  );
}

function titleOf(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'open-session':
      return `${doubt.name} has an open session here already.`;
    case 'many-failures':
      return `${String(doubt.count)} sign-ins in a row failed${doubt.name === null ? '' : ` for ${doubt.name}`}.`;
    default:
      return doubt satisfies never;
  }
}

function reasonOf(doubt: Doubt, rule: SlotRule | undefined): string {
  switch (doubt.kind) {
    case 'open-session':
      return typeof rule?.limit === 'number'
        ? `Nothing was sent yet. Another sign-in takes one more of ${String(rule.limit)} sessions.`
        : 'Nothing was sent yet. Another sign-in opens one more session beside it.';
    case 'many-failures':
      return doubt.name === null
        ? 'Nothing was sent yet. Look whether what you paste is whole, still valid and made at this server: each try counts there as a failed one.'
        : 'Nothing was sent yet. A locked account answers as a wrong password does, and each further try can keep it locked: ask whoever runs the server first.';
    default:
      return doubt satisfies never;
  }
}
