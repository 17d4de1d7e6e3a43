/** Section 7 of the contract: every code with its status and meaning. */
const table = {
  'PE01-1001': [401, 'Unauthorized'],
  'PE01-1002': [400, 'Token is missing'],
  'PE01-1003': [400, 'Tenant is missing'],
  'PE01-1004': [409, 'Tenant conflict'],
  'PE01-1005': [401, 'Tenant is unknown'],
  'PE01-1007': [401, 'Object is not confirmed'],
  'PE01-1008': [403, 'Access denied'],
  'PE01-1009': [403, "Account's user limit is reached"],
  'PE01-1010': [401, 'Token is invalid or expired'],
  'PE01-1011': [401, 'Refresh token is invalid or expired'],
  'PE01-1012': [301, 'Tenant is registered on other endpoint'],
  'PE01-1013': [403, 'Object is unavailable'],
  'PE01-1101': [404, 'Object was not found'],
  'PE01-1102': [409, 'Object already exists'],
  'PE01-1103': [400, 'Operation is not allowed'],
  'PE01-1104': [412, 'Validation error'],
  'PE01-1105': [400, 'Wrong parameters'],
  'PE01-1106': [412, 'Illegal state'],
  'PE01-1107': [409, 'Version is stale'],
  'PE01-9000': [500, 'Other error'],
  'PE01-9001': [500, 'Unhandled error'],
  'PE01-9002': [412, 'Limit is exceeded'],
  'PE01-9003': [404, 'Resource does not exist'],
  'PE01-9004': [400, 'Request is not readable'],
  'PE01-9005': [406, 'Content type is not supported'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type ErrorCode = keyof typeof table;

export const errorCodes = Object.keys(table) as readonly ErrorCode[]; // keys of a literal

export interface Violation {
  readonly entityPath: string;
  readonly entityType: string;
  readonly field: string;
  readonly constraint: string;
  readonly message: string;
}

interface Details {
  readonly description?: string;
  readonly violations?: readonly Violation[];
  /** Where the code has had more than one status. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly description: string;
  readonly violations: readonly Violation[] | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, { description, violations, status, headers = {} }: Details = {}) {
    const [usualStatus, meaning] = table[code];
    super(meaning);
    this.code = code;
    this.status = status ?? usualStatus;
    this.description = description ?? meaning;
    this.violations = violations ?? null;
    this.headers = headers;
  }
}

export const invalid = (field: string, constraint: string, message: string): ApiError =>
  new ApiError('PE01-1104', {
    violations: [{ entityPath: field, entityType: 'SecretKey', field, constraint, message }],
  });
