import { describe, expect, it } from 'vitest'
import { ALIASES } from './aliases.ts'
import { COMMANDS } from './commands/index.ts'
import { resolve } from './resolve.ts'

const typed = (text: string) => {
  const found = resolve(COMMANDS, { verb: 'cvd', input: text })
  return 'unknown' in found ? found : { verb: found.command.verb, input: found.input, replaced: found.replaced?.by }
}

describe('the command that typed words mean', () => {
  it.each([
    ['', 'status', ''],
    ['ack', 'ack', ''],
    ['/Triage valid high', 'triage', 'valid high'],
    ['triage affects main 2.0 --fixed-version 2.4.1', 'triage.affects', 'main 2.0 --fixed-version 2.4.1'],
    ['people invite @cy', 'people.invite', '@cy'],
    ['settle 1 again', 'settle', '1 again'],
    ['settle channel ok', 'settle.channel.ok', ''],
    ['approve no 4.2 is missing', 'approve.no', '4.2 is missing'],
    ['open quillmark --public https://a.example', 'open', 'quillmark --public https://a.example'],
    ['open "report"', 'open', '"report"'],
    ['people SEC-2026-0042 join', 'people.join', 'SEC-2026-0042'],
    ['triage duplicate SEC-2026-0001', 'triage.duplicate', 'SEC-2026-0001'],
    ['reply Dear Robin,\n\nthank you', 'reply', 'Dear Robin,\n\nthank you'],
  ])('%s', (text, verb, input) => {
    expect(typed(text)).toEqual({ verb, input, replaced: undefined })
  })

  it.each([
    ['affects main 2.0', 'triage.affects', 'main 2.0', 'triage affects'],
    ['patch submit main', 'patch', 'main', 'patch'],
    ['reschedule cancel too late', 'release.cancel', 'too late', 'release cancel'],
    ['reschedule 2026-07-21', 'release.move', '2026-07-21', 'release move'],
    ['consent SEC-2026-0042 yes', 'people.join', 'SEC-2026-0042', 'people join'],
    [
      'credit named Robin Sample',
      'log-answer',
      'elsewhere credit-named Robin Sample',
      'log-answer elsewhere credit-named',
    ],
    ['update', 'reply', '--kind progress', 'reply --kind progress'],
    ['merge SEC-2026-0001', 'triage.duplicate', 'SEC-2026-0001', 'triage duplicate'],
  ])('%s, as people typed it in earlier versions', (text, verb, input, replaced) => {
    expect(typed(text)).toEqual({ verb, input, replaced })
  })

  it.each([
    ['traige valid', ['triage']],
    ['triage afects main', ['triage affects']],
    ['people invit @cy', ['people invite']],
    ['party don', ['party done']],
    ['xyzzy plugh', []],
  ])('%s leads to a question', (text, near) => {
    expect(typed(text)).toMatchObject({ near })
  })

  it('is also found if the sub-word comes as the value of an option, from a form or a platform', () => {
    const values = (verb: string, input: Readonly<Record<string, string>>) => {
      const found = resolve(COMMANDS, { verb, input })
      return 'unknown' in found ? found : { verb: found.command.verb, input: found.input }
    }
    expect(values('triage', { disposition: 'affects', branch: 'main' })).toEqual({
      verb: 'triage.affects',
      input: { branch: 'main' },
    })
    expect(values('link', { what: 'remove', platform: 'slack' })).toEqual({
      verb: 'link.remove',
      input: { platform: 'slack' },
    })
    expect(values('consent', { answer: 'no', case: 'SEC-2026-0042' })).toEqual({
      verb: 'people.decline',
      input: { case: 'SEC-2026-0042' },
    })
    expect(values('signal', { what: 'go-on', detail: 'they promised' })).toEqual({
      verb: 'embargo',
      input: { what: 'keep', detail: 'they promised' },
    })
  })

  it.each([...ALIASES])('%s leads to a command: %s', (old, now) => {
    expect(COMMANDS.some(({ verb }) => verb === old)).toBe(false)
    expect(typed(old)).toMatchObject({ verb: expect.any(String), replaced: now })
  })
})
