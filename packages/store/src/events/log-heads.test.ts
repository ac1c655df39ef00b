import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandId, commitOf, MASTER_KEY, newCase } from '../contract/samples.ts'
import type { Database } from '../database/db.ts'
import { masterKeys } from '../sealing/master-keys.ts'
import { sealAnswer } from './answers.ts'
import { markOf, type StoredCommand } from './audit-record.ts'
import { LogHeads } from './log-heads.ts'

const master = masterKeys(MASTER_KEY)
const mark = (id: string): string => markOf(master.chain, id)
/** A command as the table stores it. In these tests, lists of commands begin with the newest. */
const stored = (id: string, ...named: readonly string[]): StoredCommand => ({
  id,
  answer: sealAnswer(master.answers, commitOf(newCase(), { commandId: commandId(id) }), {
    moved: {},
    after: named.map(mark),
  }),
})

describe('the commands to which no later command refers yet', () => {
  let now = 0
  beforeEach(() => {
    now = 1_000
    vi.spyOn(performance, 'now').mockImplementation(() => now)
  })
  afterEach(() => vi.restoreAllMocks())

  const headsOn = (dialect: Database['dialect'], commands: () => readonly StoredCommand[]) => {
    const findMany = vi.fn<() => Promise<readonly StoredCommand[]>>(async () => commands())
    return {
      logHeads: new LogHeads({ dialect, reader: { command: { findMany } } } as unknown as Database, master),
      findMany,
    }
  }

  it('are at first the last stored commands, and later those that this process has written', async () => {
    const { logHeads, findMany } = headsOn('sqlite', () => [stored('c', 'a'), stored('b', 'a'), stored('a')])
    const first = await logHeads.toName()
    expect(first).toEqual([mark('b'), mark('c')])
    logHeads.keep('d', first)
    expect(await logHeads.toName()).toEqual([mark('d')])
    logHeads.keep('e', [])
    now += 3_600_000
    expect(await logHeads.toName()).toEqual([mark('d'), mark('e')])
    expect(findMany).toHaveBeenCalledOnce()
  })

  it('leave out commands that cannot be opened', async () => {
    const altered = { ...stored('a'), answer: new Uint8Array(40) }
    const { logHeads } = headsOn('sqlite', () => [altered, stored('b')])
    expect(await logHeads.toName()).toEqual([mark('b')])
  })

  it('are referred to in batches, the oldest first', async () => {
    const all = Array.from({ length: 40 }, (_, n) => `c${n}`)
    const { logHeads } = headsOn('sqlite', () => all.toReversed().map((id) => stored(id)))
    const first = await logHeads.toName()
    expect(first).toEqual(all.slice(0, 32).map(mark))
    logHeads.keep('next', first)
    expect(await logHeads.toName()).toEqual([...all.slice(32), 'next'].map(mark))
  })

  it('include the commands of other processes on PostgreSQL, but a busy process does not wait to find them', async () => {
    let commands = [stored('a')]
    const { logHeads, findMany } = headsOn('postgresql', () => commands)
    expect(await logHeads.toName()).toEqual([mark('a')])
    commands = [stored('b', 'a'), ...commands]
    now += 1_000
    expect(await logHeads.toName()).toEqual([mark('a')])
    now += 1_500
    expect(await logHeads.toName()).toEqual([mark('a')])
    await vi.waitFor(async () => expect(await logHeads.toName()).toEqual([mark('b')]))
    commands = [stored('c', 'b'), ...commands]
    now += 60_000
    expect(await logHeads.toName()).toEqual([mark('c')])
    expect(findMany).toHaveBeenCalledTimes(3)
    findMany.mockRejectedValueOnce(new Error('gone'))
    now += 3_000
    expect(await logHeads.toName()).toEqual([mark('c')])
  })
})
