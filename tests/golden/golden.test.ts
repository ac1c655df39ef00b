import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Secret } from '@embargo/config'
import type { DatabaseConfig } from '@embargo/config'
import { openStore } from '@embargo/store'
import { startPostgres } from '@embargo/testkit'
import { describe, expect, it } from 'vitest'
import { Deployment, LATER, MASTER_KEY, RELEASES, ROBIN } from './deployment.ts'
import { writeRows } from './rows.ts'
import type { Rows } from './rows.ts'

const DATABASES = new URL('databases/', import.meta.url)
const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)

type Golden = { readonly migrations: readonly string[]; readonly rows: Rows }

const VERSIONS = readdirSync(DATABASES).map((file) => file.replace('.json.gz', ''))
const goldenOf = (version: string): Golden =>
  JSON.parse(gunzipSync(readFileSync(new URL(`${version}.json.gz`, DATABASES))).toString('utf8'))

const NORTH = 'security@north.example'
const OSS_SECURITY = 'oss-security@lists.example'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Restores the database of a golden file, as the version that wrote the file left it. */
async function restore(is: 'sqlite' | 'postgresql', database: string, { migrations, rows }: Golden): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-golden-'))
  try {
    for (const name of migrations)
      cpSync(new URL(`${is}/${name}`, MIGRATIONS), join(folder, is, name), { recursive: true })
    const options = { database, masterKey: MASTER_KEY, log: silent, migrationsFolder: folder }
    await (await openStore(options))[Symbol.asyncDispose]()
    await writeRows({ is, database }, rows)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const to = (house: Deployment, address: string): readonly string[] =>
  house.relay.mails.filter((mail) => mail.envelopeTo.includes(address)).map((mail) => mail.header('Subject'))

/** The state of each case, from the list that is stored beside the log. */
async function standing({ program }: Deployment): Promise<readonly string[]> {
  const { rows } = await program.store.readModels.cases({ limit: 10 })
  return rows.map(({ stream, stage, severity }) => `${stream} ${stage} ${severity}`).sort()
}

/** Reads the cases, then plays the waiting case to its end. Returns the cases and what people got. */
async function goesOn(database: DatabaseConfig) {
  await using house = await Deployment.start(database, LATER)
  await house.rest()
  const { streams, whole } = await house.program.store.events.verifyLog()
  const cases = await standing(house)
  const report = await house.types('ana', 2, 'read', 'mails 1')
  const waited = to(house, ROBIN)
  // The mail has another text than in version 0.1.0, so nobody has approved its present text.
  const approved = await house.types('ben', 2, 'approve')
  await house.types('ana', 2, 'release', 'move 2026-07-07 14:00 the builds are late')
  await house.types('ben', 2, 'approve')
  const moved = to(house, NORTH)
  await house.comes(RELEASES)
  await house.types('ana', 2, 'disclose')
  await house.types('ben', 2, 'approve')
  return {
    logHolds: whole.ok && streams.every(({ ok }) => ok),
    cases,
    isReportThere: report.includes('I have told nobody else.'),
    waited,
    isVoid: approved.includes('The approval is void, and nothing was sent'),
    moved,
    end: (await standing(house))[1],
    published: to(house, OSS_SECURITY),
  }
}

/**
 * The expected result: nothing is lost, the waiting mail is sent once, and the pending approval must be requested
 * again.
 */
const GOES_ON = {
  logHolds: true,
  cases: ['SEC-2026-0001 closed high', 'SEC-2026-0002 prenotified high', 'SEC-2026-0003 received unrated'],
  isReportThere: true,
  waited: ['[SEC-2026-0002] About your report'],
  isVoid: true,
  moved: ['[SEC-2026-0002] TLP:AMBER the release has another date'],
  end: 'SEC-2026-0002 disclosed high',
  published: ['Quillmark before 9.9 path traversal'],
}

describe.each(VERSIONS)('a database of version %s', (version) => {
  it('continues its cases in SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-golden-'))
    try {
      const file = join(folder, 'embargo.db')
      await restore('sqlite', `file:${file}`, goldenOf(version))
      expect(await goesOn({ is: 'sqlite', file })).toEqual(GOES_ON)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('continues its cases in PostgreSQL', async () => {
    await using postgres = await startPostgres()
    const url = await postgres.database()
    await restore('postgresql', url, goldenOf(version))
    expect(await goesOn({ is: 'postgresql', url: new Secret(url) })).toEqual(GOES_ON)
  })
})
