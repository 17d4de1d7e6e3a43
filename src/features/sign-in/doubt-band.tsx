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
  const open = doubts.find((doubt) => 'sessionId' in doubt);
  const isFull = doubts.some(({ kind }) => kind === 'at-limit');
  const sendAnyway = (
    <Button size="small" look={isFull ? 'quiet' : 'secondary'} onClick={onSure}>
      Sign in anyway
    </Button>
  );
  return (
    <Band tone="warn" title={doubts.map(titleOf).join(' ')}>
      <ul className="grid gap-1">
        {doubts.map((doubt) => (
          <li key={doubt.kind}>{reasonOf(doubt, rule, isFull)}</li>
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2">
        {open && (
          <Button size="small" look="primary" onClick={() => onUse(open.sessionId)}>
            {open.kind === 'open-session' ? 'Use the open one' : `Use the one of ${open.name}`}
          </Button>
        )}
        {!isFull && sendAnyway}
        <Button size="small" look={isFull ? 'secondary' : 'quiet'} onClick={onWithdraw}>
          Not now
        </Button>
        {isFull && sendAnyway}
      </div>
    </Band>
  );
}

function titleOf(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'open-session':
      return `${doubt.name} has an open session here already.`;
    case 'at-limit':
      return doubt.title;
    case 'perhaps-open':
      return `${doubt.name} has an open session here. Is ${doubt.typed} the same account?`;
    case 'many-failures':
      return `${String(doubt.count)} sign-ins in a row failed${doubt.name === null ? '' : ` for ${doubt.name}`}.`;
    default:
      return doubt satisfies never;
  }
}

function reasonOf(doubt: Doubt, rule: SlotRule | undefined, isFull: boolean): string {
  switch (doubt.kind) {
    case 'open-session':
      if (isFull) return 'The one that is open here needs no sign-in.';
      return typeof rule?.limit === 'number'
        ? `Nothing was sent yet. Another sign-in takes one more of ${String(rule.limit)} sessions.`
        : 'Nothing was sent yet. Another sign-in opens one more session beside it.';
    case 'at-limit':
      return `Nothing was sent yet. ${doubt.reason}`;
    case 'perhaps-open':
      return 'Nothing was sent yet. That is not known here: no session here tells both the user name and the e-mail. If it is the same, another sign-in takes one more of its sessions.';
    case 'many-failures':
      return doubt.name === null
        ? 'Nothing was sent yet. Look whether what you paste is whole, still valid and made at this server: each try counts there as a failed one.'
        : 'Nothing was sent yet. A locked account answers as a wrong password does, and each further try can keep it locked: ask whoever runs the server first.';
    default:
      return doubt satisfies never;
  }
}
