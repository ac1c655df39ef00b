import { z } from 'zod'
import type { CaseId, CaseState, Platform, ProfileName, World } from '@embargo/core'
import type { Engine } from '@embargo/engine'
import { wrongInput } from './answers.ts'
import { describeOptions } from './option.ts'
import type { OptionInfo, OptionShape } from './option.ts'
import { buildForm } from './form.ts'
import { takeFiles } from './text/take-files.ts'
import { parseOptions } from './text/parse-options.ts'
import type { Parsed } from './text/parse-options.ts'
import { usageOf } from './usage.ts'
import type { Form, Input, Invocation, Reply } from './types.ts'

/** A case that the caller may see. */
export type CaseInView = {
  readonly id: CaseId
  readonly state: CaseState
  readonly world: World
  /** Where reports of it were before: what was kept out of chat there stays out. */
  readonly before: readonly CaseState[]
}

/** What a command gets beside its own values. */
export type Setting = {
  readonly invocation: Invocation
  readonly engine: Engine
  readonly commands: readonly ChatCommand[]
  readonly case?: CaseInView
}

export type Call<Values> = Setting & { readonly values: Values; readonly command: ChatCommand }
export type CaseCall<Values> = Call<Values> & { readonly case: CaseInView }

/** Who is told that they may, and where the command is offered. The rule itself is core's: nothing is decided here. */
export type Allowed = {
  readonly who: string
  readonly profiles?: readonly ProfileName[]
  readonly platforms?: readonly Platform[]
}

type Definition<Shape extends OptionShape> = {
  readonly verb: string
  /** One line, as help and Slack's manifest show it. */
  readonly summary: string
  /** Also offered by its bare name, beside the root command. */
  readonly short?: boolean
  /** Its own options name another case: typed where a case is known, the number is theirs. */
  readonly another?: boolean
  readonly options: Shape
  readonly form?: { readonly title: string; readonly submit: string }
  readonly allowed: Allowed
} & (
  | { readonly about: 'case'; readonly run: (call: CaseCall<z.output<z.ZodObject<Shape>>>) => Promise<Reply> }
  | { readonly about: 'anything'; readonly run: (call: Call<z.output<z.ZodObject<Shape>>>) => Promise<Reply> }
)

/** A command as the router, help, the manifest and the terminal see it: data, and three functions made from one definition. */
export type ChatCommand = {
  readonly verb: string
  readonly summary: string
  readonly short: boolean
  readonly another: boolean
  readonly about: 'case' | 'anything'
  readonly allowed: Allowed
  readonly options: readonly OptionInfo[]
  /** `triage <disposition> [severity] …`: without the root, which each platform writes its own way. */
  readonly usage: string
  readonly formTitle: string
  readonly formSubmit: string
  /** The form, with what is already known filled in. Pure, so that a modal opens before anything is read. */
  form(input: Input): Form
  parse(text: string, known: { readonly branches: readonly string[] }): Parsed
  /** Whether an option would take a value as it stands. */
  fits(option: string, value: string): boolean
  run(input: Input, setting: Setting): Promise<Reply>
}

/** One definition; everything else that is said about a command is made from it. */
export function defineCommand<const Shape extends OptionShape>(definition: Definition<Shape>): ChatCommand {
  const options = describeOptions(definition.options)
  const schema = z.object(definition.options)
  const parse: ChatCommand['parse'] = (text, known) => parseOptions({ shape: definition.options, options, text, known })
  const command: ChatCommand = {
    verb: definition.verb,
    summary: definition.summary,
    short: definition.short ?? false,
    another: definition.another ?? false,
    about: definition.about,
    allowed: definition.allowed,
    options,
    usage: usageOf(definition.verb, options),
    formTitle: definition.form?.title ?? `${definition.verb.charAt(0).toUpperCase()}${definition.verb.slice(1)}`,
    formSubmit: definition.form?.submit ?? 'Go on',
    form: (input) => buildForm(command, input),
    parse,
    fits: (name, value) => definition.options[name]?.safeParse(value).success ?? false,
    run: async (input, setting) => {
      const named =
        typeof input === 'string'
          ? parse(input, { branches: branchesOf(setting.case) })
          : { ok: true as const, values: input }
      if (!named.ok) return wrongInput({ command, setting, because: named.because })
      const attached = takeFiles(options, setting.invocation.files ?? [], filledIn(named.values))
      if (!attached.ok) return wrongInput({ command, setting, because: attached.because })
      const given = attached.values
      if (options.some((option) => option.needed && given[option.name] === undefined))
        return { form: command.form(given) }
      const values = schema.safeParse(given)
      if (!values.success) return wrongInput({ command, setting, because: readIssues(command, values.error) })
      const call = { ...setting, values: values.data, command }
      if (definition.about === 'anything') return definition.run(call)
      if (setting.case === undefined)
        return wrongInput({ command, setting, because: 'It is not clear which case this is about.' })
      return definition.run({ ...call, case: setting.case })
    },
  }
  return command
}

const branchesOf = (seen: CaseInView | undefined): readonly string[] =>
  seen?.state.branches.map((branch) => branch.name) ?? []

/** A form sends an empty text for what was left out. */
function filledIn(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
}

function readIssues(command: ChatCommand, error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const option = command.options.find((candidate) => candidate.name === String(issue.path[0]))
      const choices = option?.choices?.map((choice) => choice.value).join(', ')
      return `${option?.label ?? 'Input'}: ${choices === undefined ? issue.message : `choose one of ${choices}`}.`
    })
    .join(' ')
}
