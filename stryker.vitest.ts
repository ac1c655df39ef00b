import { defineConfig } from 'vitest/config'

// `npx stryker run` asks these tests about each change to a rule: those of core, in one process, without the long ones.
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
