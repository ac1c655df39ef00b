import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { Deployment } from './deployment.ts'
import { readRows } from './rows.ts'
import { playStory } from './story.ts'

/**
 * `npm run golden -- 0.1.0`: plays the story with the present program and writes its database to the golden file of
 * version 0.1.0. Each published version has one file.
 */
const { positionals } = parseArgs({ allowPositionals: true })
const [version] = positionals
if (version === undefined || !/^\d+\.\d+\.\d+$/u.test(version))
  throw new Error('Name the version: npm run golden -- 0.1.0')
const folder = await mkdtemp(join(tmpdir(), 'embargo-golden-'))
try {
  const file = join(folder, 'embargo.db')
  {
    await using house = await Deployment.start({ is: 'sqlite', file })
    await playStory(house)
  }
  const rows = await readRows(`file:${file}`)
  const migrations = readdirSync(new URL('../../prisma/migrations/sqlite', import.meta.url)).filter((name) =>
    /^\d/u.test(name),
  )
  const to = new URL(`databases/${version}.json.gz`, import.meta.url)
  await writeFile(to, gzipSync(JSON.stringify({ migrations, rows }), { level: 9 }))
  for (const [table, { rows: stored }] of Object.entries(rows)) console.log(`${table}: ${stored.length} rows`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
