import { PERSON_VERBS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { resolveCommand } from '../../src/explain/resolve-command.ts'
import { COMMANDS } from '../../src/index.ts'

const because = (typed: string): string | undefined => {
  const resolution = resolveCommand(COMMANDS, typed)
  return 'because' in resolution ? resolution.because : undefined
}

describe('the command that somebody asks about', () => {
  it.each(COMMANDS.map(({ verb }) => verb))('%s is known, or said to do several things or to have no gates', (verb) => {
    expect(because(verb) ?? 'known').toMatch(/^known$| does several things\. |^No rule of a case restricts /u)
  })

  it.each(PERSON_VERBS)('%s is known as the log names it, and read by a command of chat', (verb) => {
    expect(resolveCommand(COMMANDS, verb)).toMatchObject({ verb })
  })

  it.each<readonly [typed: string, verb: string, command: string, text: string]>([
    ['release plan 2026-12-07', 'release.plan', 'release.plan', '2026-12-07'],
    ['release.plan 2026-12-07', 'release.plan', 'release.plan', '2026-12-07'],
    ['/Merge SEC-2026-0002', 'triage.duplicate', 'triage.duplicate', 'SEC-2026-0002'],
    ['disclose.interim', 'disclose.interim', 'disclose', '--what interim'],
    ['disclose interim', 'disclose.interim', 'disclose', 'interim'],
    ['embargo until 2026-12-07', 'embargo.until', 'embargo', 'until 2026-12-07'],
    ['reply --kind question', 'reply.question', 'reply', '--kind question'],
    ['log-answer last has-it', 'log-answer.has-it', 'log-answer', 'last has-it'],
    ['people decline', 'people.consent', 'people.decline', ''],
    ['assign-patch "Ana Example"', 'assign-patch', 'assign-patch', '"Ana Example"'],
  ])('%s', (typed, verb, command, text) => {
    expect(resolveCommand(COMMANDS, typed)).toMatchObject({ verb, command: { verb: command }, text })
  })

  it.each([
    ['disclos', 'There is no command “disclos”. Did you mean disclose?'],
    ['status', 'No rule of a case restricts “status”.'],
    ['triage afects', expect.stringContaining('Did you mean triage affects?')],
    ['cve', '“cve” does several things. Name one: cve request, cve set, cve published, cve update, cve reject.'],
  ])('is not guessed from “%s”', (typed, expected) => {
    expect(because(typed)).toEqual(expected)
  })
})
