import { defineConfig } from 'vitest/config'

// The tests that `npx stryker run` runs for each change to a rule: the quick tests of core, in one process.
export default defineConfig({
  resolve: { conditions: ['@embargo/source'] },
  ssr: { resolve: { conditions: ['@embargo/source', 'node'] } },
  test: {
    include: ['packages/core/{src,test}/**/*.test.ts'],
    exclude: ['**/*.long.test.ts', 'packages/core/test/humans/**'],
    isolate: false,
    testTimeout: 120_000,
  },
})
