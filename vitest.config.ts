import { defineConfig } from 'vitest/config'

// Tests run the sources, as every npm script does: no build stands between a change and its test.
export default defineConfig({
  resolve: { conditions: ['@embargo/source'] },
  ssr: { resolve: { conditions: ['@embargo/source', 'node'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    // Tests start real databases and whole programs: more workers than cores only makes them wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
