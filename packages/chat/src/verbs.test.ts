import { PERSON_VERBS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from './commands/index.ts'
import { chatVerbOf } from './verbs.ts'

describe('how people type a request of core', () => {
  it.each(PERSON_VERBS)('%s is a command of chat with values that its options take', (request) => {
    const { verb, input } = chatVerbOf(request)
    const command = COMMANDS.find((one) => one.verb === verb)
    expect(command).toBeDefined()
    for (const [option, value] of Object.entries(input)) expect(command?.fits(option, value)).toBe(true)
  })

  it('has the name that it has in core, unless another name is listed', () => {
    expect(chatVerbOf('people.invite')).toEqual({ verb: 'people.invite', input: {} })
    expect(chatVerbOf('done.deployed')).toEqual({ verb: 'done', input: { what: 'deployed' } })
    expect(chatVerbOf('take')).toEqual({ verb: 'ack', input: {} })
  })
})
