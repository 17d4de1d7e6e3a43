/**
 * The wire as data: what a vendor's `operations.ts` is made of. The gateway's allow-list, the fetch layer's types, and
 * the rules for retry, abort and logging all read the same table. Types only: the gateway imports nothing else of ours.
 */

/**
 * What a call does to the world, and so what a lost answer means.
 *
 * | effect   | meaning                                     | after a lost answer                            |
 * |----------|---------------------------------------------|------------------------------------------------|
 * | `read`   | changes nothing                             | repeat; never what a person typed              |
 * | `change` | sets something to a value                   | repeat, then read                              |
 * | `end`    | ends something: log out, revoke, delete     | repeat, then prove                             |
 * | `mint`   | makes a token that may be made again        | may be repeated; say that one may be left over |
 * | `create` | makes something that stays: a key           | never by itself; look for it first             |
 * | `spend`  | uses up a refresh token or a code           | never by itself; ask the gateway for the outcome |
 * | `slot`   | takes one of a limited number of sessions   | never by itself                                |
 */
export type Effect = 'read' | 'change' | 'end' | 'mint' | 'create' | 'spend' | 'slot';

type ParamPlace = 'path' | 'query' | 'form' | 'json' | 'header' | 'basic-user' | 'basic-password';

/**
 * Who supplies a parameter's value: the page, the connection's settings, a secret that only the gateway knows,
 * a code that the gateway parked under an announced state, or this table itself.
 */
type ParamSource = 'caller' | 'setting' | 'operator-secret' | 'parked-code' | 'fixed';

export interface Param {
  readonly in: ParamPlace;
  readonly from: ParamSource;
  /** Its name on the wire, or the setting's key; the parameter's own name where left out. */
  readonly as?: string;
  /** Name of the JSON object that holds it, where it does not stand at the top. JSON only. */
  readonly within?: string;
  /** Key of the connection's setting, for `setting` and `operator-secret`; the parameter's own name where left out. */
  readonly setting?: string;
  /** Written before the value: `Bearer ` and the like. Headers only. */
  readonly prefix?: string;
  /** The value itself, for `fixed`. */
  readonly value?: string;
  readonly optional?: true;
  /** The only values that it may have. */
  readonly oneOf?: readonly string[];
  /** Never logged, never shown, never part of an error. Declared here, not guessed from the name. */
  readonly secret?: true;
  /** Characters; 8,192 where left out. */
  readonly lengthMax?: number;
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Appended to the connection's base URL; `{name}` is filled with the path parameter of that name, encoded. */
  readonly path: string;
  readonly effect: Effect;
  readonly params: Readonly<Record<string, Param>>;
  /** Reply headers that this operation needs beside the ones that every answer may bring back. Lower case. */
  readonly replyHeaders?: readonly string[];
  /** What it is for, in the words of the activity list: "refresh", "log out". */
  readonly label: string;
  /** This operation may answer with a redirect to the registered callback; the gateway parks the code it carries. */
  readonly redirectCarriesCode?: true;
}

export type Operations = Readonly<Record<string, Operation>>;

export type ParamValue =
  string | number | boolean | null | readonly ParamValue[] | { readonly [key: string]: ParamValue };

type CallerParam<Op extends Operation> = {
  [Name in keyof Op['params']]: Op['params'][Name]['from'] extends 'caller' | 'parked-code' ? Name : never;
}[keyof Op['params']];

type OptionalParam<Op extends Operation> = {
  [Name in CallerParam<Op>]: Op['params'][Name] extends { readonly optional: true } ? Name : never;
}[CallerParam<Op>];

/** The values that the page must and may hand over for one operation of one vendor. */
export type ParamsOf<Op extends Operation> = {
  readonly [Name in Exclude<CallerParam<Op>, OptionalParam<Op>>]: ParamValue;
} & { readonly [Name in OptionalParam<Op>]?: ParamValue };

/** What is left where the vendor is not known at compile time. */
export type Params = Readonly<Record<string, ParamValue>>;
