/** `/tokens`, deprecated. */
import { ApiError } from './api-error.ts';
import { requiredText, signedIn } from './api-visit.ts';
import type { ApiReply, ApiVisit } from './api-visit.ts';
import { byUsername } from './people.ts';
import { createRestToken, deleteRestTokens, findRestToken } from './rest-tokens.ts';
import { textOf } from './texts.ts';

/** Public: other credentials are not looked at, and the account's status is checked only when the token is used. */
export function createToken(visit: ApiVisit): ApiReply {
  const { people, settings } = visit.world;
  const username = requiredText(visit, 'username');
  const password = requiredText(visit, 'password');
  const person = byUsername(people, username);
  if (person?.passwordlessOnly) throw new ApiError(401, textOf('passkeyOnly', settings.language));
  if (person?.password !== password) throw new ApiError(401, textOf('wrongPassword', settings.language));
  const { userId, token } = createRestToken(visit.world, person.id);
  return settings.tokenShape === 'code'
    ? { status: 201, body: { user_id: userId, token, uri: `tokens/${token}` } }
    : { status: 200, body: { user_id: String(userId), token, uri: `/api/tokens/${token}` } };
}

export function deleteToken(visit: ApiVisit): ApiReply {
  const { world, id } = visit;
  const person = signedIn(visit);
  if (!findRestToken(world, String(person.id), id)) throw new ApiError(400, 'Invalid Token');
  world.restTokens.delete(id);
  return { status: 200 };
}

/** The one in use and those of other tools included. */
export function deleteAllTokens(visit: ApiVisit): ApiReply {
  deleteRestTokens(visit.world, signedIn(visit).id);
  return { status: 200 };
}
