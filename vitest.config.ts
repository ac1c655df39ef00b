import { defineConfig } from 'vitest/config'

const all = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/**/*.test.ts',
  'apps/*/src/**/*.test.ts',
  'apps/*/test/**/*.test.ts',
  'tests/**/*.test.ts',
]
const pure = ['packages/{chat,config,core,documents,letters,mail,policy-check}/**/*.test.ts']
const long = ['**/*.long.test.ts']
const dependencies = '**/node_modules/**'

// Tests run the sources, as every npm script does: no build stands between a change and its test.
export default defineConfig({
  resolve: { conditions: ['@embargo/source'] },
  ssr: { resolve: { conditions: ['@embargo/source', 'node'] } },
  test: {
    // Tests start real databases and whole programs: more workers than cores only makes them wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: pure, exclude: [...long, dependencies], isolate: false, pool: 'threads' },
      },
      {
        extends: true,
        test: { name: 'real', include: all, exclude: [...pure, ...long, dependencies], isolate: false },
      },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
})
