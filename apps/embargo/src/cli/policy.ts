import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { differencesOf, loadConfig, policyJsonSchema, surroundingsOfProcess } from '@embargo/config'
import type { Difference } from '@embargo/config'
import { safeJson } from '@embargo/chat'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { check } from './policy-check.ts'
import { CliError } from './output.ts'

type SubCommand = (
  words: readonly string[],
  context: CliContext,
  json: boolean,
  whole: boolean,
) => Promise<number> | number

/** `embargo policy check|diff|schema`. These commands change nothing. */
const SUB_COMMANDS: Readonly<Record<string, SubCommand>> = {
  check: (words, context, json, whole) => check(ofFile(words, context), { json, whole }),
  diff: (words, context, json) => diff(ofFile(words, context), json),
  schema,
}

/** The same context, with the policy of the named file. */
function ofFile([file, ...more]: readonly string[], context: CliContext): CliContext {
  if (file === undefined) return context
  if (more.length > 0) throw new CliError(`"embargo policy" takes only one file, not also ${more.join(' ')}.`)
  const around = surroundingsOfProcess()
  if (!existsSync(file))
    throw new CliError(`There is no file ${file}. Name the file of a policy, or leave it out for the policy in use.`)
  return { ...context, config: () => loadConfig({ ...around, env: { ...around.env, EMBARGO_POLICY: file } }, 'look') }
}

export const policyCommand: CliCommand = {
  name: 'policy',
  entry: {
    usage: 'policy check | diff | schema',
    summary: 'Check the policy for mistakes, or list where it differs from its profile',
  },
  uses: [
    {
      usage: 'policy check [<file>] [--whole] [--json]',
      summary: 'Check the policy for mistakes, before a case meets them',
    },
    { usage: 'policy diff [<file>] [--json]', summary: 'List where the policy differs from its profile' },
    { usage: 'policy schema', summary: 'Print the JSON Schema of a policy, for editors' },
  ],
  help: {
    options: [
      ['<file>', 'the policy to check, for example a draft; by default the one that "embargo start" would use'],
      ['--whole', 'explores every state that a case can reach, not only a part; it may take an hour'],
      JSON_OPTION,
    ],
    examples: [
      ['policy check', 'after each change of the policy, before the restart'],
      ['policy check draft.yaml', 'of a draft, before it replaces the policy'],
    ],
    exits: [
      ['0', 'nothing is wrong'],
      ['1', 'something is wrong, or may be wrong in a part that was not explored; or the command failed'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, context) => {
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
  if (words.length > 0)
    throw new CliError('"embargo policy schema" takes no arguments: the schema is the same for each policy.')
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
  const source = policyFile ?? 'no policy file'
  if (differences.length === 0) {
    output.out(`Nothing differs from the profile ${policy.profile} (${source}).`)
    return 0
  }
  output.out(`${source}, against the profile ${policy.profile}:`)
  for (const difference of differences) output.out(`  ${difference.path}: ${difference.value}${insteadOf(difference)}`)
  return 0
}

/** The value that would apply without this setting. */
const insteadOf = ({ byDefault, wholePolicy }: Difference): string =>
  wholePolicy !== undefined
    ? `  (without this setting, the policy-wide value applies: ${wholePolicy})`
    : byDefault === undefined
      ? ''
      : `  (by default ${byDefault})`
