import type { LogVerdict } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { auditCommand } from './audit.ts'

const HEAD = 'ab'.repeat(32)
const fine = { stream: 'SEC-2026-0001', ok: true, events: 3, head: HEAD } as const
const gone = { stream: 'SEC-2026-0002', ok: false, version: 1, because: 'the whole stream is gone' } as const
const whole = { ok: true, commands: 4, marks: ['0123456789abcdef', 'fedcba9876543210'] } as const

async function verify(answer: LogVerdict, ...args: readonly string[]) {
  const lines: string[] = []
  const calls: unknown[] = []
  const code = await auditCommand.run(['verify', ...args], {
    ask: async (...question) => {
      calls.push(question)
      return answer
    },
    output: { out: (line) => lines.push(line), err: () => {}, colour: false, interactive: false },
    config: () => {
      throw new Error('not asked for')
    },
    nobody: async () => undefined,
    waits: () => false,
  })
  return { code, lines, asked: calls }
}

describe('embargo audit verify', () => {
  it('prints the mark of a log that is whole, and compares with the mark of an earlier check', async () => {
    const said = await verify({ streams: [fine], whole, damaged: [] }, '--since', 'aa,bb')
    expect(said).toEqual({
      code: 0,
      lines: [
        `SEC-2026-0001: 3 events, unbroken; head ${HEAD}`,
        expect.stringContaining('4 commands, none missing. Its mark: 0123456789abcdef,fedcba9876543210\n'),
      ],
      asked: [['verify', { since: ['aa', 'bb'] }]],
    })
  })

  it('prints no mark of a damaged log, and names the damaged case', async () => {
    const { code, lines } = await verify({ streams: [fine, gone], whole, damaged: [] })
    expect([code, lines.slice(1)]).toEqual([
      1,
      [
        'SEC-2026-0002: BROKEN at version 1: the whole stream is gone. Stop using this database; restore a backup and compare the two.',
        'The log as a whole: 4 commands, and BROKEN as listed above.',
      ],
    ])
    const because = '3 answered commands are gone, although later commands refer to them'
    const cut = await verify({ streams: [fine], whole: { ok: false, because }, damaged: [] })
    expect([cut.code, cut.lines[1]]).toEqual([1, expect.stringContaining(`BROKEN: ${because}.`)])
  })

  it('says that the log is still empty', async () => {
    expect(await verify({ streams: [], whole, damaged: [] })).toMatchObject({
      code: 0,
      lines: ['The log is empty: no case yet.'],
    })
  })

  it('names damaged rows outside the log', async () => {
    const damaged = [{ table: 'Counter', row: 'outbox', because: 'its value is 0, but there is an effect at place 2' }]
    const { code, lines } = await verify({ streams: [fine], whole, damaged })
    expect([code, lines.slice(1)]).toEqual([
      1,
      [
        'Counter outbox: DAMAGED: its value is 0, but there is an effect at place 2.',
        expect.stringContaining('other rows are damaged'),
      ],
    ])
    expect((await verify({ streams: [], whole, damaged })).lines[1]).toContain(
      'The log is empty, but there are rows of cases',
    )
  })

  it('prints one JSON value per line for a script; the last one is about the whole log', async () => {
    const { lines } = await verify({ streams: [gone], whole, damaged: [] }, '--json')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([gone, { is: 'whole-log', ...whole }])
  })
})
