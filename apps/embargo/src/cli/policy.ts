import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { differencesOf, loadConfig, policyJsonSchema, surroundingsOfProcess } from '@embargo/config'
import type { Difference } from '@embargo/config'
import { resolveCommand, safeJson, timesInWords } from '@embargo/chat'
import { CaseId } from '@embargo/core'
import type { GateFacts } from '../control/explain.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { check } from './policy-check.ts'
import { CliError } from './output.ts'
import { flagsOf, quoted } from './words.ts'

type SubCommand = (
  words: readonly string[],
  context: CliContext,
  json: boolean,
  whole: boolean,
) => Promise<number> | number

/** `embargo policy diff|explain|schema`. Each looks; none changes anything. */
const SUB_COMMANDS: Readonly<Record<string, SubCommand>> = {
  check: (words, context, json, whole) => check(ofFile(words, context), { json, whole }),
  diff: (words, context, json) => diff(ofFile(words, context), json),
  explain,
  schema,
}

/** The same with the policy of the file that was named. */
function ofFile([file, ...more]: readonly string[], context: CliContext): CliContext {
  if (file === undefined) return context
  if (more.length > 0)
    throw new CliError(`"embargo policy" looks at one file at a time, not at ${more.join(' ')} as well.`)
  const around = surroundingsOfProcess()
  if (!existsSync(file))
    throw new CliError(`There is no file ${file}. Name the file of a policy, or none for the one in use.`)
  return { ...context, config: () => loadConfig({ ...around, env: { ...around.env, EMBARGO_POLICY: file } }, 'look') }
}

export const policyCommand: CliCommand = {
  name: 'policy',
  uses: [
    {
      usage: 'policy check [<file>] [--whole] [--json]',
      summary: 'Look for mistakes in the policy, before a case meets them',
    },
    { usage: 'policy diff [<file>] [--json]', summary: 'List what it changes in its profile' },
    {
      usage: 'policy explain <case> <verb> … [--json]',
      summary: 'Say which rules would refuse a command in a case',
    },
    { usage: 'policy schema', summary: 'Print the JSON Schema of a policy, for editors' },
  ],
  help: {
    options: [
      ['<file>', 'a policy that is not in use yet; by default the one that a start would take'],
      ['--whole', 'explores every state that a case can come to, which may take an hour, and not a part of them'],
      JSON_OPTION,
    ],
    examples: [
      ['policy check', 'after each change of the policy, before the restart'],
      ['policy check draft.yaml', 'of a file, before it takes the place of the policy'],
      ['policy explain SEC-2026-0001 disclose', 'each rule, whether it passes, and who can lift it'],
      ['policy explain SEC-2026-0001 prenotify 2026-07-14', 'the same for a date, in the words of chat'],
    ],
    exits: [
      ['0', 'nothing is wrong; no rule forbids it'],
      ['1', 'something is, or may be, since it was not named; or it failed'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, context) => {
    const [first, ...after] = args
    // The words after a command have options of their own, which that command's parser reads.
    if (first === 'explain') return explain(flagsOf(after).words, context, flagsOf(after).json)
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, whole: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [what = '', ...words] = positionals
    const run = Object.hasOwn(SUB_COMMANDS, what) ? SUB_COMMANDS[what] : undefined
    if (run === undefined)
      throw new CliError(`"embargo policy" takes ${Object.keys(SUB_COMMANDS).join(', ')}, not "${what}".`)
    if (values.whole === true && what !== 'check')
      throw new CliError(`"embargo policy ${what}" takes no --whole: it is for "embargo policy check".`)
    return run(words, context, values.json === true, values.whole === true)
  },
}

function schema(words: readonly string[], { output }: CliContext): number {
  if (words.length > 0) throw new CliError('"embargo policy schema" takes nothing: it is the same for each policy.')
  output.out(safeJson(policyJsonSchema(), 2))
  return 0
}

function diff({ output, config }: CliContext, json: boolean): number {
  const { policy, policyFile } = { policy: config().policy.policy, policyFile: config().policyFile }
  const differences = differencesOf(policy)
  if (json) {
    output.out(safeJson({ is: 'policy-diff', profile: policy.profile, differences }))
    return 0
  }
  const whose = policyFile ?? 'no policy file'
  if (differences.length === 0) {
    output.out(`Nothing differs from the profile ${policy.profile} (${whose}).`)
    return 0
  }
  output.out(`${whose}, against the profile ${policy.profile}:`)
  for (const difference of differences) output.out(`  ${difference.path}: ${difference.value}${insteadOf(difference)}`)
  return 0
}

/** The value that would apply without it. */
const insteadOf = ({ byDefault, wholePolicy }: Difference): string =>
  wholePolicy !== undefined
    ? `  (the whole policy has ${wholePolicy})`
    : byDefault === undefined
      ? ''
      : `  (by default ${byDefault})`

const SIGNS = { passes: 'ok    ', refuses: 'no    ', 'not-asked': '?     ', 'comes-next': 'next  ' } as const

async function explain(words: readonly string[], context: CliContext, json: boolean): Promise<number> {
  const [number = '', ...typed] = words
  const id = CaseId.safeParse(number.toUpperCase())
  if (!id.success)
    throw new CliError(`"${number}" is not a case number. It is written: embargo policy explain SEC-2026-0001 disclose`)
  const command = typed.map(quoted).join(' ')
  const meant = resolveCommand(command)
  if ('because' in meant) throw new CliError(meant.because)
  const answer = (await context.ask('explain-gates', { case: id.data, typed: command })) as GateFacts
  const passes =
    answer.is === 'gates' && answer.gates.every(({ state }) => state === 'passes' || state === 'comes-next')
  if (json) {
    context.output.out(safeJson(answer))
    return passes ? 0 : 1
  }
  if (answer.is === 'refusal') {
    context.output.err((await context.nobody()) ?? answer.because)
    return 1
  }
  context.output.out(`${answer.case} ${answer.verb}, for ${answer.person}: ${inSum(answer.gates)}.`)
  const say = (before: string, sentence: string): void => context.output.out(before + timesInWords(sentence))
  for (const gate of answer.gates) {
    say(`  ${SIGNS[gate.state]}${gate.gate.padEnd(24)}`, gate.because ?? gate.rule)
    for (const lift of gate.liftedBy ?? []) say(`${' '.repeat(32)}→ `, lift)
    const facts = Object.entries(gate.facts ?? {})
    if (facts.length > 0) say(' '.repeat(32), facts.map(([name, value]) => `${name}: ${String(value)}`).join(', '))
  }
  return passes ? 0 : 1
}

type Gates = Extract<GateFacts, { is: 'gates' }>['gates']

function inSum(gates: Gates): string {
  const count = (wanted: Gates[number]['state']): number => gates.filter(({ state }) => state === wanted).length
  const [refusing, open] = [count('refuses'), count('not-asked')]
  const said = [
    ...(refusing === 0 ? [] : [`${refusing} ${refusing === 1 ? 'gate refuses' : 'gates refuse'}`]),
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'gate was' : 'gates were'} not asked`]),
  ]
  if (said.length > 0) return said.join(', and ')
  return count('comes-next') > 0 ? 'a second yes comes next' : 'no rule forbids it'
}
