import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

const all = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/**/*.test.ts',
  'apps/*/src/**/*.test.ts',
  'apps/*/test/**/*.test.ts',
  'tests/**/*.test.ts',
]
const pure = ['packages/{chat,config,core,documents,letters,mail,policy-check}/**/*.test.ts', 'tests/ways/*.test.ts']
const long = ['**/*.long.test.ts']
const servers = ['tests/servers/*.test.ts']
const oneDatabaseServer = 'packages/testkit/src/postgres/shared-server.ts'
const dependencies = '**/node_modules/**'

/**
 * Runs the contract suites first. Vitest would run them last, because their files are small. But these suites take
 * longest, so at the end they would run alone.
 */
class ContractsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isContract = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/contract/')
    const sorted = await super.sort(files)
    return [...sorted.filter(isContract), ...sorted.filter((file) => !isContract(file))]
  }
}

// Tests run the sources, as every npm script does, so a change can be tested without a build.
export default defineConfig({
  resolve: { conditions: ['@embargo/source'] },
  ssr: { resolve: { conditions: ['@embargo/source', 'node'] } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: ContractsFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: pure,
          exclude: [...long, dependencies],
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: all,
          exclude: [...pure, ...long, ...servers, dependencies],
          isolate: false,
          globalSetup: oneDatabaseServer,
          // These tests spend half of their time waiting for timers and sockets. A third worker uses that time.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: long,
          globalSetup: oneDatabaseServer,
          // These tests start databases and whole programs. With more workers than cores, they would only wait for each
          // other.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: servers,
          globalSetup: ['tests/servers/installed.ts', 'tests/servers/time-limit.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
