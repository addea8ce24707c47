// What was said and not yet acknowledged, and the commands not yet answered. Pure: no socket, no time.
import type { ClientMessage } from '../../generated/signaling';

export interface Sent {
  n: number;
  id?: string;
  message: ClientMessage;
}

const COMMANDS: ReadonlySet<ClientMessage['type']> = new Set<ClientMessage['type']>([
  'check_in',
  'leave',
  'takeover_ask',
  'takeover_answer',
  'text_me',
  'happened',
  'consent_answer',
  'snippet_shown',
  'snippet_seen',
  'snippet_rejected',
  'admit',
  'deny',
  'send_back',
  'remove',
  'allow_takeover',
  'running_late',
  'go_by_phone',
  'end',
  'snippet_offer',
  'snippet_keep',
  'snippet_withdraw',
  'snippet_withdraw_from',
]);

/** Whether it must arrive, in order and once; anything else is of use now or never. */
export function isNumbered(message: ClientMessage): boolean {
  return message.type !== 'quality';
}

/** Whether the gateway answers this message with `done` or `refused`. */
export function isCommand(message: ClientMessage): boolean {
  return COMMANDS.has(message.type);
}

export class Outbox {
  #last = 0;
  #unacknowledged: Sent[] = [];
  #unanswered = new Map<string, ClientMessage>();

  /** Numbers a message and keeps it until it is acknowledged. */
  add(message: ClientMessage, id?: string): Sent {
    const sent: Sent = { n: ++this.#last, ...(id === undefined ? {} : { id }), message };
    this.#unacknowledged.push(sent);
    if (id !== undefined) this.#unanswered.set(id, message);
    return sent;
  }

  acknowledge(upTo: number): void {
    this.#unacknowledged = this.#unacknowledged.filter(({ n }) => n > upTo);
  }

  answered(id: string): void {
    this.#unanswered.delete(id);
  }

  /** The session goes on: what the gateway has not taken, in order. */
  resume(received: number): readonly Sent[] {
    this.acknowledge(received);
    return this.#unacknowledged;
  }

  /** A new epoch: numbers start at 1, unanswered commands are said again, everything else is void. */
  restart(): readonly Sent[] {
    const again = [...this.#unanswered];
    this.#last = 0;
    this.#unacknowledged = [];
    this.#unanswered.clear();
    return again.map(([id, message]) => this.add(message, id));
  }
}
