import { safeJson } from '@embargo/chat'
import type { PersonFacts, DistinctPeopleReply } from '../control/people.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'
import { runVerb, withHints } from './run-verb.ts'
import { flagsOf, quoted } from './words.ts'

/** `embargo people`: shows which accounts belong to which person, how we know, and what to do if that is wrong. */
export const peopleCommand: CliCommand = {
  name: 'people',
  entry: {
    usage: 'people [apart <person> <person>]',
    summary: 'List people and their accounts, or record that two entries are different people',
  },
  uses: [
    { usage: 'people [--json]', summary: 'List people with their accounts, and how each is known' },
    {
      usage: 'people apart <person> <person> [--json]',
      summary: 'Record that two entries are different people; only an admin who is neither of them may do this',
    },
  ],
  help: {
    options: [['<person>', 'as the list names them'], JSON_OPTION],
    examples: [
      ['people', 'everybody who is known, and how: from the policy, a link or a group'],
      ['people apart slack-U0DANA discord-112233445566778899', 'so that each counts for a rule that takes two people'],
    ],
  },
  run: async (args, context) => {
    const { words, json } = flagsOf(args)
    const [what, first, second, ...more] = words
    if (what === undefined) return withHints(context, list(context, json))
    if (what !== 'apart' || first === undefined || second === undefined || more.length > 0)
      throw new CliError('Type "embargo people" alone, or with apart <person> <person>.')
    return withHints(context, apart(context, [first, second], json))
  },
}

/** `embargo link`: runs the chat command `link` for the account of the terminal. */
export const linkCommand: CliCommand = {
  name: 'link',
  uses: [
    {
      usage: 'link [<code>] [--json]',
      summary: 'Link your accounts: print a code, or type the one that your other account was given',
    },
    { usage: 'link yes <word> | link no', summary: 'Say whether the account that typed your code is yours' },
    { usage: 'link remove <platform> [<person>] [--json]', summary: 'Unlink an account' },
  ],
  help: {
    options: [
      ['<word>', 'the word that is shown to both accounts'],
      ['<platform>', 'slack, discord or terminal'],
      ['<person>', 'a person as "embargo people" names them; you by default'],
      JSON_OPTION,
    ],
    examples: [
      [
        'link',
        'prints a code that is valid for ten minutes; after somebody typed the code, shows the account that typed it',
      ],
      ['link K7QF-9XMB', 'the code that your account on another platform was given'],
      ['link remove discord ana', 'that account acts for nobody afterwards'],
    ],
  },
  run: async (args, context) => {
    const { words, json } = flagsOf(args)
    return withHints(context, runVerb(context, { verb: 'link', input: words.map(quoted).join(' '), yes: false, json }))
  },
}

/** `embargo lockout`: runs the chat command `lockout`, which locks out a person whose account was taken over. */
export const lockoutCommand: CliCommand = {
  name: 'lockout',
  uses: [
    {
      usage: 'lockout <person> <why> [--json]',
      summary: 'Lock somebody out of every case and channel at once, if their account was taken over',
    },
    { usage: 'lockout undo <person> [--json]', summary: 'Undo the lockout; this takes two admins' },
  ],
  help: {
    options: [['<person>', 'as "embargo people" names them'], JSON_OPTION],
    examples: [
      ['lockout ben his phone was stolen', 'takes one admin or two team members; lists what somebody must check now'],
      ['lockout undo ben', 'typed by two admins'],
    ],
  },
  run: async (args, context) => {
    const { words, json } = flagsOf(args)
    const input = words.map(quoted).join(' ')
    return withHints(context, runVerb(context, { verb: 'lockout', input, yes: false, json }))
  },
}

async function list({ ask, output }: CliContext, json: boolean): Promise<number> {
  const people = (await ask('people', {})) as readonly PersonFacts[]
  if (json) {
    output.out(safeJson({ is: 'people', people }))
    return 0
  }
  for (const person of people) output.out(linesOf(person).join('\n'))
  return 0
}

const FROM = { policy: 'policy', link: 'linked', group: 'group' } as const

function linesOf({ person, name, roles, accounts, mayBe, lockedOut }: PersonFacts): readonly string[] {
  if (lockedOut === true) return [`${person}  ${name}  locked out`]
  const known = accounts.map(({ platform, account, from }) => `  ${platform.padEnd(9)} ${account}  (${FROM[from]})`)
  const doubt =
    mayBe.length === 0
      ? []
      : [
          `  may be the same person as ${mayBe.join(', ')}: if so, this person must link their accounts; otherwise an admin must record that they are different people`,
        ]
  return [`${person}  ${name}  ${roles.join(', ')}`, ...(known.length === 0 ? ['  no account'] : known), ...doubt]
}

async function apart({ ask, output }: CliContext, persons: readonly [string, string], json: boolean): Promise<number> {
  const answer = (await ask('people-apart', { persons })) as DistinctPeopleReply
  if (json) output.out(safeJson({ is: 'people-apart', ...answer }))
  if ('refusal' in answer) {
    if (!json) output.err([answer.refusal, ...answer.liftedBy].join('\n'))
    return 1
  }
  if (!json) output.out(answer.note ?? `${persons.join(' and ')} are two people.`)
  return 0
}
