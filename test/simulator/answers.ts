/** What the server sends back, independent of how it is written to the connection. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** null: no body, so no Content-Type either. */
  readonly contentType: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Campaign and the Adobe I/O gateway name the charset. */
const JSON_TYPE = 'application/json;charset=utf-8';

/** A JSON answer. */
export function json(status: number, value: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, body: JSON.stringify(value), contentType: JSON_TYPE, headers };
}

/** A plain text answer, the form of Campaign's own errors. */
export function text(status: number, body: string): Answer {
  return { status, body, contentType: 'text/plain;charset=utf-8' };
}

/** An answer without a body. */
export function empty(status: number): Answer {
  return { status, body: '', contentType: null };
}
