import { describe, expect, it } from 'vitest';
import { causeOf } from './causes';

const thrown = (name: string, message = '') => new DOMException(message, name);

describe('causeOf', () => {
  it.each([
    [thrown('NotAllowedError', 'Permission denied'), 'denied', 'blocked'],
    [thrown('NotAllowedError', 'Permission denied by system'), 'granted', 'blocked_by_phone'],
    [thrown('NotAllowedError', 'The request is not allowed'), 'granted', 'blocked_by_phone'],
    [thrown('NotAllowedError', 'Permission dismissed'), 'prompt', 'dismissed'],
    [thrown('NotFoundError'), 'prompt', 'not_found'],
    [thrown('NotReadableError'), 'granted', 'in_use'],
    [thrown('NotSupportedError'), undefined, 'unsupported'],
  ] as const)('%s with permission %s is %s', (error, permission, cause) => {
    expect(causeOf(error, permission)).toBe(cause);
  });
});
