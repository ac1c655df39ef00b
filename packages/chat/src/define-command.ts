import { z } from 'zod'
import { wrongInput } from './answers.ts'
import type { CommandAvailability, Call, CaseCall, ChatCommand, Setting } from './chat-command.ts'
import { describeOptions } from './option.ts'
import type { OptionShape } from './option.ts'
import { buildForm } from './form.ts'
import { inputIssues } from './text/input-issues.ts'
import { takeFiles } from './text/take-files.ts'
import { parseOptions } from './text/parse-options.ts'
import { capital } from './people/names.ts'
import { usageOf } from './usage.ts'
import type { Reply } from './types.ts'
import { typedName } from './verbs.ts'

type Definition<Shape extends OptionShape> = {
  /** The command's name. Dots separate a verb from its sub-words, and are typed as spaces. */
  readonly verb: string
  /** One line about the command, shown in help and in Slack's manifest. */
  readonly summary: string
  /** True if the command is also offered as a command of its own, beside the root command. */
  readonly short?: boolean
  /**
   * True if an option of the command is the number of another case. If the command's own case is known, such as in the
   * case's channel, a typed number is the value of that option.
   */
  readonly another?: boolean
  /** True if somebody who is only invited to the case may run the command. */
  readonly invited?: boolean
  readonly options: Shape
  readonly form?: { readonly title: string; readonly submit: string }
  readonly allowed: CommandAvailability
} & (
  | { readonly about: 'case'; readonly run: (call: CaseCall<z.output<z.ZodObject<Shape>>>) => Promise<Reply> }
  | { readonly about: 'anything'; readonly run: (call: Call<z.output<z.ZodObject<Shape>>>) => Promise<Reply> }
)

/** Derives a command's parser, and everything that is shown about the command, from one definition. */
export function defineCommand<const Shape extends OptionShape>(definition: Definition<Shape>): ChatCommand {
  const options = describeOptions(definition.options)
  const schema = z.object(definition.options)
  const parse: ChatCommand['parse'] = (text, known) => parseOptions({ shape: definition.options, options, text, known })
  const command: ChatCommand = {
    verb: definition.verb,
    summary: definition.summary,
    short: definition.short ?? false,
    another: definition.another ?? false,
    invited: definition.invited ?? false,
    about: definition.about,
    allowed: definition.allowed,
    options,
    usage: usageOf(typedName(definition.verb), options),
    formTitle: definition.form?.title ?? capital(typedName(definition.verb)),
    formSubmit: definition.form?.submit ?? 'Go on',
    form: (input) => buildForm(command, input),
    parse,
    fits: (name, value) => definition.options[name]?.safeParse(value).success ?? false,
    run: async (input, setting) => {
      const named =
        typeof input === 'string'
          ? parse(input, { branches: branchesOf(setting) })
          : { ok: true as const, values: input }
      if (!named.ok) return wrongInput({ command, setting, because: named.because })
      const attached = takeFiles(options, setting.invocation.files ?? [], filledIn(named.values))
      if (!attached.ok) return wrongInput({ command, setting, because: attached.because })
      const given = attached.values
      if (options.some((option) => option.needed && given[option.name] === undefined))
        return { form: command.form(given) }
      const values = schema.safeParse(given)
      if (!values.success) return wrongInput({ command, setting, because: inputIssues(options, given, values.error) })
      const call = { ...setting, values: values.data, command }
      if (definition.about === 'anything') return definition.run(call)
      if (setting.case === undefined)
        return wrongInput({ command, setting, because: 'It is not clear which case this is about.' })
      return definition.run({ ...call, case: setting.case })
    },
  }
  return command
}

/** The branch names that a person may type: those of the case and those of its project. */
function branchesOf({ case: seen, engine }: Pick<Setting, 'case' | 'engine'>): readonly string[] {
  if (seen === undefined) return []
  const project = engine.policy.policy.projects.find(({ id }) => id === seen.state.project)
  return [...seen.state.branches, ...(project?.branches ?? [])].map(({ name }) => name)
}

/** Leaves out empty values, because a form sends an empty text for an empty field. */
function filledIn(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
}
