import { STATUS_CODES } from 'node:http';

/** The error of the REST framework: `{"error":{"code":401,"message":"Unauthorized: Invalid access key"}}`. */
export class ApiError extends Error {
  readonly status: number;
  /** Translated, for the person; a few routes have one. */
  readonly i18nMessage: string | null;

  constructor(status: number, detail?: string, i18nMessage?: string) {
    const reason = STATUS_CODES[status] ?? 'Error';
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.status = status;
    this.i18nMessage = i18nMessage ?? null;
  }
}

export const errorBody = ({ status, message, i18nMessage }: ApiError): object => ({
  error: { code: status, message, ...(i18nMessage === null ? {} : { i18n_error_message: i18nMessage }) },
});

export const required = (name: string): ApiError => new ApiError(400, `\`${name}\` is required.`);

export const invalidValue = (name: string): ApiError => new ApiError(400, `invalid value specified for \`${name}\``);
