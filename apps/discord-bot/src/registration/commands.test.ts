import { catalogue, COMMANDS, SUGGESTION_LABEL_MAX, SUGGESTION_VALUE_MAX, SUGGESTIONS_MAX } from '@embargo/chat'
import { ApplicationCommandOptionType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { CHOICE_NAME_MAX, CHOICE_VALUE_MAX, CHOICES_MAX, COMMAND_DESCRIPTION_MAX, COMMANDS_MAX } from '../limits.ts'
import type { RegisteredCommand } from './commands.ts'
import type { CommandFacts, OptionFacts } from './facts.ts'
import { discordCommands } from './commands.ts'
import { lintCommands } from './lint.ts'

const option = (more: Partial<OptionFacts> = {}): OptionFacts => ({
  name: 'note',
  label: 'Note',
  kind: 'text',
  required: false,
  wanted: false,
  hidden: false,
  carried: false,
  ...more,
})
const command = (more: Partial<CommandFacts> = {}): CommandFacts => ({
  verb: 'ack',
  summary: 'Take a case',
  about: 'anything',
  options: [],
  ...more,
})
const registered = (more: Partial<CommandFacts>): RegisteredCommand => {
  const [first] = discordCommands({ commands: [command(more)] })
  if (first === undefined) throw new Error('no command')
  return first
}
const optionsOf = (options: readonly OptionFacts[], about: CommandFacts['about'] = 'anything') => {
  const one = registered({ options, about })
  return ('options' in one ? one.options : undefined) ?? []
}

describe('the commands in Discord', () => {
  it('have plain names, exist only in the server, and need no permission in Discord', () => {
    expect(registered({ verb: 'assign-patch' })).toMatchObject({
      type: 1,
      name: 'assign-patch',
      contexts: [0],
      integration_types: [0],
      default_member_permissions: null,
    })
  })

  it('list required options first, and the case last', () => {
    const options = [option({ name: 'b' }), option({ name: 'a', required: true }), option({ name: 'x', hidden: true })]
    expect(optionsOf(options, 'case').map(({ name, required }) => [name, required])).toEqual([
      ['a', true],
      ['b', false],
      ['case', false],
    ])
  })

  it('have the sub-word of a verb as their first option', () => {
    const action = option({
      name: 'action',
      kind: 'choice',
      required: true,
      choices: [{ value: 'submit', label: 'submit' }],
    })
    expect(optionsOf([action, option()])[0]).toMatchObject({
      type: ApplicationCommandOptionType.String,
      required: true,
      choices: [{ name: 'submit', value: 'submit' }],
    })
  })

  it('give each option its type', () => {
    expect(
      optionsOf([
        option({ name: 'fixedIn', suggests: 'branch', hint: 'where', most: 40 }),
        option({ name: 'patchFile', kind: 'file' }),
        option({ name: 'text', kind: 'long-text', required: true, most: 9000 }),
      ]),
    ).toEqual([
      {
        type: ApplicationCommandOptionType.String,
        name: 'fixed-in',
        description: 'Note: where',
        required: false,
        autocomplete: true,
        max_length: 40,
      },
      { type: ApplicationCommandOptionType.Attachment, name: 'patch-file', description: 'Note', required: false },
      {
        type: ApplicationCommandOptionType.String,
        name: 'text',
        description: 'Note',
        required: false,
        max_length: 6000,
      },
    ])
  })

  it.each<readonly [string, number, (length: number) => number | undefined]>([
    [
      'a description',
      COMMAND_DESCRIPTION_MAX,
      (length) => optionsOf([option({ label: 'x'.repeat(length) })])[0]?.description.length,
    ],
    ['a choice', CHOICE_NAME_MAX, (length) => choicesOf(2, { label: 'x'.repeat(length) })?.[0]?.name.length],
  ])('show %s in full up to its limit, and shorten it beyond the limit', (_what, most, drawn) => {
    expect(drawn(most)).toBe(most)
    expect(drawn(most + 1)).toBe(most)
  })

  it('list as many choices as Discord takes, and suggest more', () => {
    expect(choicesOf(CHOICES_MAX)).toHaveLength(CHOICES_MAX)
    expect(choicesOf(CHOICES_MAX + 1)).toBeUndefined()
    expect(choicesOf(2, { value: 'v'.repeat(CHOICE_VALUE_MAX) })).toHaveLength(2)
    expect(choicesOf(2, { value: 'v'.repeat(CHOICE_VALUE_MAX + 1) })).toBeUndefined()
  })

  it('accept suggestions in the form in which chat makes them', () => {
    expect([SUGGESTIONS_MAX, SUGGESTION_LABEL_MAX, SUGGESTION_VALUE_MAX]).toEqual([
      CHOICES_MAX,
      expect.any(Number),
      expect.any(Number),
    ])
    expect(SUGGESTION_LABEL_MAX).toBeLessThanOrEqual(CHOICE_NAME_MAX)
    expect(SUGGESTION_VALUE_MAX).toBeLessThanOrEqual(CHOICE_VALUE_MAX)
  })

  const choicesOf = (count: number, more: { readonly value?: string; readonly label?: string } = {}) => {
    const choices = Array.from({ length: count }, (_, index) => ({ value: String(index), label: 'x', ...more }))
    const [only] = optionsOf([option({ kind: 'choice', choices })])
    return only !== undefined && 'choices' in only ? only.choices : undefined
  }
})

describe('a verb with sub-words in Discord', () => {
  const choices = [{ value: 'valid', label: 'Valid' }]
  const base = command({ verb: 'triage', options: [option({ name: 'is', kind: 'choice', required: true, choices })] })
  const branch = option({ name: 'branch', required: true, suggests: 'branch' })
  const reason = option({ name: 'reason' })
  const ways = [
    command({ verb: 'triage.affects', summary: 'Say which', about: 'case', options: [branch, reason] }),
    command({ verb: 'triage.not-now', summary: 'Let it rest', options: [option({ ...reason, required: true })] }),
  ]
  const namesOf = (registeredOne: RegisteredCommand | undefined) =>
    registeredOne !== undefined && 'options' in registeredOne
      ? registeredOne.options?.map(({ name, required }) => [name, required])
      : undefined

  it('has one option for its own values and its sub-words, and requires another option only if each sub-word does', () => {
    const [one, root] = discordCommands({ commands: [base, ...ways] })
    expect(root?.name).toBe('cvd')
    expect(namesOf(one)).toEqual([
      ['is', true],
      ['branch', false],
      ['reason', false],
      ['case', false],
    ])
    expect(one).toMatchObject({
      name: 'triage',
      options: [
        {
          choices: [
            { name: 'Valid', value: 'valid' },
            { name: 'affects: Say which', value: 'affects' },
            { name: 'not-now: Let it rest', value: 'not-now' },
          ],
        },
        { name: 'branch', autocomplete: true },
        { name: 'reason' },
        { name: 'case' },
      ],
    })
  })

  it('requires the sub-word if the verb alone does nothing', () => {
    const [one] = discordCommands({ commands: ways })
    expect(one).toMatchObject({ name: 'triage', description: 'triage: affects, not-now' })
    expect(namesOf(one)).toEqual([
      ['what', true],
      ['branch', false],
      ['reason', false],
      ['case', false],
    ])
  })
})

describe('the real registry in Discord', () => {
  it('is accepted by Discord', () => {
    expect(lintCommands(discordCommands({ commands: COMMANDS }))).toEqual([])
    expect(lintCommands(discordCommands({ commands: catalogue({ platform: 'discord' }) }))).toEqual([])
  })

  it('has a command for every verb under its plain name, and the commands in the context menu of a message', () => {
    const names = discordCommands({ commands: COMMANDS }).map(({ name }) => name)
    const verbs = new Set(COMMANDS.map(({ verb }) => verb.split('.')[0] ?? verb))
    expect(names).toEqual([...verbs, 'cvd', 'Send to reporter…', 'Log as reporter’s answer'])
  })
})

describe('the lint of commands', () => {
  it('accepts commands up to the limit, and says for each mistake what to write instead', () => {
    const many = (count: number) =>
      lintCommands(
        discordCommands({ commands: Array.from({ length: count }, (_, index) => command({ verb: `v${index}` })) }),
      )
    expect(many(COMMANDS_MAX - 1)).toEqual([])
    expect(many(COMMANDS_MAX)).toEqual([expect.stringContaining('101 commands')])
    expect(lintCommands([registered({ verb: 'x'.repeat(32) })])).toEqual([])
    expect(lintCommands([registered({ verb: 'x'.repeat(33) })])).toEqual([
      expect.stringContaining('not a valid name in Discord'),
    ])
    expect(lintCommands([registered({ options: [option(), option()] })])).toEqual(['/ack has two options called note.'])
    const choices = (label: number) =>
      Array.from({ length: 25 }, (_, index) => ({ value: String(index).padStart(100, '0'), label: 'x'.repeat(label) }))
    const wide = (label: number) =>
      lintCommands([
        registered({
          options: [
            option({ name: 'a', label: 'a', kind: 'choice', choices: choices(100) }),
            option({ name: 'b', label: 'b', kind: 'choice', choices: choices(label) }),
          ],
        }),
      ])
    // 14 characters for /ack and its summary, 4 for the names and labels of two options, and 25 × 200 + 25 × (100 + 19)
    // for the choices: 7993 in all.
    expect(wide(19)).toEqual([])
    expect(wide(20)).toEqual([expect.stringContaining('at most 8000')])
  })
})
