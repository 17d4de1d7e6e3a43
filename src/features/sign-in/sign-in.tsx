import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { FormSignIn, Provider } from '../../providers/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { deskOf } from './sign-in-desk.ts';
import { SignInForm } from './sign-in-form.tsx';

interface SignInProps {
  readonly provider: Provider;
  readonly connection: Connection;
  /** The sessions of this browser at that connection with what ends them; shown where too many are open. */
  readonly openSessions?: ReactNode;
  /** The person takes a session that is open already. */
  readonly onUse: (sessionId: string) => void;
  /** At the right end of the head. */
  readonly actions?: ReactNode;
}

/** A provider's ways in, best first, each with the vendor's reason for or against it, and the form of the chosen one. */
export function SignIn({ provider, connection, openSessions, onUse, actions }: SignInProps) {
  const desk = deskOf(useServices(), connection.id);
  const running = useStore(desk.state, (state) => state.running);
  const [chosen, setChosen] = useState<string>();
  const way = provider.signIn.find(({ id }) => id === chosen) ?? provider.signIn[0];
  if (!way) return null;

  const form = (
    <Panel title={`Sign in with ${way.label.toLowerCase()}`} actions={actions}>
      <SignInForm
        key={`${connection.id} ${way.id}`}
        attempt={{ provider, way, connection }}
        desk={desk}
        openSessions={openSessions}
        onUse={onUse}
      />
    </Panel>
  );
  if (provider.signIn.length === 1) return form;
  return (
    <div className="grid items-start gap-3.5 lg:grid-cols-[18.75rem_minmax(0,1fr)]">
      <Panel title="Ways in" flush>
        <ChoiceList
          label="Way to sign in"
          value={way.id}
          choices={provider.signIn.map(choiceOf)}
          onChange={(id) => {
            // The answer that is under way belongs to the form that is in sight.
            if (!running) setChosen(id);
          }}
        />
      </Panel>
      {form}
    </div>
  );
}

const choiceOf = ({ id, label, standing, reason }: FormSignIn) => ({
  value: id,
  title: label,
  badge:
    standing === 'accepted' ? undefined : <Badge look={standing === 'deprecated' ? 'warn' : 'plain'}>{standing}</Badge>,
  description: reason,
});
