import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deriveSqlite, typedAsSqlite } from './derive-sqlite.ts'

// Writes both Prisma clients into src/generated, without a network. `prisma generate` demands the path of a schema
// engine, but does not use it here, so it gets `/bin/true`.
const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '..')
const schema = join(packageRoot, '../../prisma/schema.prisma')
const derived = join(packageRoot, '../../prisma/sqlite.generated.prisma')
const postgresqlClass = join(packageRoot, 'src/generated/postgresql/internal/class.ts')
const prisma = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build/index.js')

const generate = (path: string): void => {
  execFileSync(process.execPath, [prisma, 'generate', '--schema', path, '--no-hints'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: packageRoot,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  })
}

mkdirSync(join(packageRoot, 'src/generated'), { recursive: true })
writeFileSync(derived, deriveSqlite(readFileSync(schema, 'utf8')))
try {
  generate(schema)
  generate(derived)
} finally {
  rmSync(derived, { force: true })
}
writeFileSync(postgresqlClass, typedAsSqlite(readFileSync(postgresqlClass, 'utf8')))
