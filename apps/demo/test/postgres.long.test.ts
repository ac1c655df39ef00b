import { Secret } from '@embargo/config'
import { startPostgres } from '@embargo/testkit'
import { expect, it } from 'vitest'
import type { Line } from '../src/line.ts'
import { play } from '../src/play.ts'
import { asJson } from '../src/print/json.ts'

/** Enough for a machine with two shared cores that runs other tests too. */
const WHOLE_PLAY_MS = 60_000

it(
  'plays the same case to its end on PostgreSQL, and the log proves unbroken',
  { timeout: WHOLE_PLAY_MS },
  async () => {
    await using postgres = await startPostgres()
    const said: Line[] = []
    await play({
      say: (line) => said.push(line),
      database: { is: 'postgresql', url: new Secret(await postgres.database()) },
    })
    const lines = said.map(asJson).join('\n')
    expect(lines).toContain('"stage":"disclosed"')
    expect(lines).toContain('"stage":"closed"')
  },
)
