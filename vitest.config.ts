import { defineConfig } from 'vitest/config'

/** They listen, look and kill in real time: another test on the same core would be part of what they measure. */
const REAL_TIME = ['tests/agent/capture/**/*.test.ts', 'tests/agent/coach/coach-sound.test.ts', 'tests/faults/**/*.test.ts', 'tests/e2e/demo.test.ts', 'tests/bench/**/*.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['tests/support/stop-postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'together', include: ['tests/**/*.test.ts'], exclude: REAL_TIME, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'alone', include: REAL_TIME, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
  resolve: { alias: { '@': import.meta.dirname } },
})
