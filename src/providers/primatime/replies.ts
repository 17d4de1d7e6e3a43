/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import { isObject } from '../../lib/shape.ts';
import {
  anything,
  fields,
  listOf,
  matching,
  nonEmpty,
  number,
  word,
  type Reader,
  type Taken,
} from '../reply-fields.ts';

/** At most what an operation takes. */
const token = word(1_024);

/** The vendor's pages spell the same field `refreshToken` and `refreshtoken`. */
const lowerCased =
  <Value>(read: Reader<Value>): Reader<Value> =>
  (json) =>
    isObject(json)
      ? read(Object.fromEntries(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value])))
      : undefined;

/** Undefined where there is no token in it that could be used. */
export const readTokenReply = lowerCased(
  fields({ token }, { expiration: anything, refreshtoken: token, refreshexpiration: anything }),
);

/** The whole object also holds the user's secrets, so no more than this is ever taken out of it. */
export const readUserReply = lowerCased(
  fields({ id: nonEmpty }, { email: nonEmpty, firstname: nonEmpty, lastname: nonEmpty, nickname: nonEmpty }),
);

/**
 * A secret key in a list, or in the answer to its creation. `displayName` and `user` are passed over: each holds a secret.
 * `secretKey` is taken for its fingerprint and dropped by whoever reads a list.
 */
const readKey = lowerCased(
  fields(
    { id: nonEmpty },
    {
      name: anything,
      secretkey: token,
      createdat: anything,
      expiration: anything,
      version: number,
      trashitem: lowerCased(fields({ id: nonEmpty }, {})),
    },
  ),
);

export type KeyReply = Taken<typeof readKey>;

/** Undefined where one entry is none: who asks whether a key is gone must not be told so by half a list. */
export const readKeysReply = listOf(readKey);

export const readNewKeyReply = lowerCased(fields({ secretkey: token }, { id: nonEmpty }));

const readError = lowerCased(
  fields({}, { status: number, code: matching(/^PE\d{2}-\d{4}$/), message: nonEmpty, description: nonEmpty }),
);

export const readErrorBody = (json: unknown): Taken<typeof readError> => readError(json) ?? {};
