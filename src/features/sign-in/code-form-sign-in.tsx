import type { ReactNode } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { CodeSignIn } from '../../providers/sign-in-way.ts';
import { codeFormJob } from './code-form-job.ts';
import { RegistrationNote } from './registration-note.tsx';
import type { Answering } from './sign-in-answer.tsx';
import type { Desk } from './sign-in-desk.ts';
import { WayForm } from './way-form.tsx';

interface CodeFormSignInProps extends Answering {
  readonly way: CodeSignIn;
  readonly desk: Desk;
  readonly button: string;
  readonly sends: string;
  readonly children: ReactNode;
}

/** Signing in by a code that comes in answer to a form of ours. */
export function CodeFormSignIn({ way, children, ...rest }: CodeFormSignInProps) {
  const services = useServices();
  const { provider, connection } = rest;
  return (
    <div className="grid gap-3.5">
      <WayForm {...rest} way={way} jobOf={(values) => codeFormJob(services, { provider, connection, way, values })}>
        {children}
      </WayForm>
      <RegistrationNote registration={way.registration} connection={connection} />
    </div>
  );
}
