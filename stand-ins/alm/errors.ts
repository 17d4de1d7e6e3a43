/** Section 7 of the contract: one meaning, three shapes of body. Texts that no source states are this server's own. */
import { STATUS_CODES } from 'node:http';

export type ErrorShape = 'plain' | 'error' | 'errors';

interface Details {
  /** For errors in what was sent: where. */
  readonly errorElementPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class ApiError extends Error {
  readonly status: number;
  readonly errorElementPath: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, { errorElementPath, headers = {} }: Details = {}) {
    super(message);
    this.status = status;
    this.errorElementPath = errorElementPath ?? null;
    this.headers = headers;
  }
}

/** `code` is the reason phrase of the status, not a code of the vendor's. */
export function describe(error: ApiError): object {
  return {
    message: error.message,
    statusCode: error.status,
    code: STATUS_CODES[error.status] ?? 'Error',
    ...(error.errorElementPath === null ? {} : { errorElementPath: error.errorElementPath }),
  };
}

export function errorBody(error: ApiError, shape: ErrorShape): object {
  switch (shape) {
    case 'plain':
      return describe(error);
    case 'error':
      return { error: describe(error) };
    case 'errors':
      return { errors: [describe(error)] };
    default:
      return shape satisfies never;
  }
}

export const wrongPassword = (): ApiError =>
  new ApiError(401, 'The username or password you entered is not recognized. Enter a valid username and password.');

/** Bad and deleted keys alike; the status depends on the version. */
export const deadKey = (status: number): ApiError =>
  new ApiError(
    status,
    'The Perforce ALM License Server prevented this action. The API key is not valid or was deleted from the license server.',
  );

export const missingCredential = (): ApiError =>
  new ApiError(401, 'The request has no credentials that this resource accepts.');

export const deadToken = (): ApiError =>
  new ApiError(401, 'The access token is not valid or has expired. Request a new access token.');

export const noLicense = (): ApiError =>
  new ApiError(403, 'You do not have a valid license for the Perforce ALM REST API.');

export const notInProject = (): ApiError => new ApiError(403, 'You do not have access to this project.');

export const noLoginViaSoap = (): ApiError =>
  new ApiError(403, 'Your security group does not have the "Allow Login Via SOAP" command.');

export const missingCommand = (): ApiError =>
  new ApiError(403, 'Your security group does not have the command that this action needs.');

export const unknownProject = (): ApiError => new ApiError(404, 'The project was not found.');

export const lockedProject = (): ApiError =>
  new ApiError(409, 'The project is locked by an administrator. Try again later.');

export const serverBusy = (): ApiError => new ApiError(503, 'The server is busy. Try again later.');

export const throttled = (): ApiError => new ApiError(503, 'The server received too many requests. Try again later.');

export const almServerDown = (): ApiError => new ApiError(500, 'The Perforce ALM Server is not available.');
