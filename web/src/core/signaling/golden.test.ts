// The golden messages are read by the gateway's tests and by these: both sides write and read the same JSON.
import { describe, expect, it } from 'vitest';
import client from '../../../../signaling/golden/client.json?raw';
import server from '../../../../signaling/golden/server.json?raw';
import refused from '../../../../signaling/golden/refused.json?raw';
import type { ClientMessage } from '../../generated/signaling';
import { read, write } from './envelope';
import { isCommand } from './outbox';

interface Line {
  v: number;
  n?: number;
  ack: number;
  id?: string;
  type: string;
  data: unknown;
}

const lines = (text: string) => JSON.parse(text) as Line[];

describe('golden messages', () => {
  it.each(lines(client).map((line) => [line.type, line] as const))('the page writes %s as the gateway reads it', (_type, line) => {
    const { n, ack, id, type, data } = line;
    const message = { type, data } as ClientMessage;
    const written = write({ ...(n === undefined ? {} : { n }), ack, ...(id === undefined ? {} : { id }), message });
    expect(JSON.parse(written)).toEqual(line);
    expect(isCommand(message)).toBe(id !== undefined);
  });

  it.each(lines(server).map((line) => [line.type, line] as const))('the page reads %s as the gateway writes it', (_type, line) => {
    const { n, ack, id, type, data } = line;
    expect(read(JSON.stringify(line))).toEqual({ ...(n === undefined ? {} : { n }), ack, ...(id === undefined ? {} : { id }), message: { type, data } });
  });

  it('what is no JSON is no message', () => {
    const broken = (JSON.parse(refused) as { why: string; text: string }[]).filter(({ why }) => why === 'not_json');
    expect(broken.length).toBeGreaterThan(0);
    for (const { text } of broken) expect(read(text), text).toBeUndefined();
  });
});
