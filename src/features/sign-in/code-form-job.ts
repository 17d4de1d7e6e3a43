import type { Services } from '../../console/services.ts';
import type { CodeSignIn } from '../../providers/sign-in-way.ts';
import { common, mapped, type Typed } from './jobs.ts';
import type { Done, Job } from './sign-in-desk.ts';

/** The code comes in answer to a form of ours: announce, post, take, trade, in one go. */
export function codeFormJob({ hands }: Services, typed: Typed<CodeSignIn>): Job {
  return {
    ...common(typed),
    what: 'sign-in',
    removed: [],
    async send() {
      const [{ announceGrant }, { awaitPosted, postForCode, redeemCode }] = await Promise.all([
        import('../../refresh/announce-grant.ts'),
        import('../../refresh/code-sign-in.ts'),
      ]);
      const grant = await announceGrant(hands, typed);
      if (!grant.ok) return grant;
      const posted = await postForCode(hands, typed, grant.value);
      if (!posted.ok) return posted;
      const arrived = await awaitPosted(hands, typed, grant.value);
      if (!arrived.ok) return arrived;
      return mapped(await redeemCode(hands, typed, grant.value), (opened): Done => ({ kind: 'opened', opened }));
    },
  };
}
