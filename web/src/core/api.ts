// Calls to the gateway's HTTP API: JSON in and out, its problem+json as one kind of error with a stable word.

export class ApiError extends Error {
  constructor(
    /** The gateway's word, `offline` where it was not reached, `unreadable` for an answer that is none. */
    readonly code: string,
    readonly status: number,
    /** The gateway's sentence for a person. */
    readonly title: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly retryAfterS?: number,
  ) {
    super(code);
  }
}

/** Not reached, or not able just now: the same again may do. */
export const mayComeBack = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

const BASE = '/api/v1';
/** Longer than the gateway's own limits, shorter than a person's patience. */
const WITHIN_MS = 12_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface CallOptions {
  /** Lets the gateway take a repeated request once. */
  idempotencyKey?: string;
}

/** `path` is below /api/v1; an answer without a body is `undefined`. */
export async function api<T>(method: Method, path: string, body?: unknown, { idempotencyKey }: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
  const response = await reach(path, {
    method,
    headers,
    credentials: 'same-origin',
    signal: timeLimit(),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await problem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(() => {
    throw new ApiError('unreadable', response.status, '');
  })) as T;
}

/** With the visit in plain sight: a load balancer brings all of one visit to one node by it. */
export function socketUrl(path: string, visit: string | undefined): string {
  const where = visit === undefined ? '' : `?visit=${encodeURIComponent(visit)}`;
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${BASE}${path}${where}`;
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(BASE + path, request);
  } catch {
    throw new ApiError('offline', 0, '');
  }
}

async function problem(response: Response): Promise<ApiError> {
  const { code, title, ...facts } = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    typeof code === 'string' ? code : 'unreadable',
    response.status,
    typeof title === 'string' ? title : '',
    facts,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

/** AbortSignal.timeout is missing on older phones. */
function timeLimit(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), WITHIN_MS);
  return controller.signal;
}
