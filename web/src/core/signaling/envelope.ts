// The JSON envelope around every message: `{"v":1,"n":7,"ack":4,"id":"c3","type":"admit","data":{…}}`.
import { VERSION, type ClientMessage, type ServerMessage } from '../../generated/signaling';

export interface Envelope<M> {
  /** Contiguous from 1; absent on messages of the connection itself. */
  n?: number;
  /** Everything up to this number has been received. */
  ack: number;
  /** Names a command, and the command that `done` and `refused` answer. */
  id?: string;
  message: M;
}

export function write({ n, ack, id, message }: Envelope<ClientMessage>): string {
  return JSON.stringify({
    v: VERSION,
    ...(n === undefined ? {} : { n }),
    ack,
    ...(id === undefined ? {} : { id }),
    type: message.type,
    data: message.data,
  });
}

/** Reads what the gateway sent; `undefined` for what is no envelope of this version. */
export function read(text: string): Envelope<ServerMessage> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const { v, n, ack, id, type, data } = json as Record<string, unknown>;
  if (v !== VERSION || typeof type !== 'string' || typeof data !== 'object' || data === null) return undefined;
  if (n !== undefined && !isCount(n)) return undefined;
  return {
    ...(n === undefined ? {} : { n }),
    ack: isCount(ack) ? ack : 0,
    ...(typeof id === 'string' ? { id } : {}),
    message: { type, data } as ServerMessage,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
