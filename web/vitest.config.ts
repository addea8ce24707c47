import { defineConfig } from 'vitest/config';

// A test's limit ends what hangs; how fast a busy machine is says nothing about a page.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 300_000 } });
