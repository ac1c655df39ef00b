import type { CaseId, CaseState, Platform, ProfileName, World } from '@embargo/core'
import type { Engine } from '@embargo/engine'
import type { OptionInfo } from './option.ts'
import type { ParsedOptions } from './text/parse-options.ts'
import type { Form, Input, Invocation, Reply } from './types.ts'

/** A case that the caller may see. */
export type CaseInView = {
  readonly id: CaseId
  readonly state: CaseState
  readonly world: World
  /**
   * The cases from which this case and its related cases got reports. Content that is kept out of chat in one of those
   * cases stays out of chat here too.
   */
  readonly before: readonly CaseState[]
}

/** The context of a command, besides its own values. */
export type Setting = {
  readonly invocation: Invocation
  readonly engine: Engine
  readonly commands: readonly ChatCommand[]
  readonly case?: CaseInView
}

export type Call<Values> = Setting & { readonly values: Values; readonly command: ChatCommand }
export type CaseCall<Values> = Call<Values> & { readonly case: CaseInView }

/**
 * Who may run the command, as help says it, and where it is offered. This is only for display: core has the rule that
 * decides.
 */
export type CommandAvailability = {
  readonly who: string
  readonly profiles?: readonly ProfileName[]
  readonly platforms?: readonly Platform[]
}

/**
 * A command as the router, help, the manifest and the terminal use it: data and functions, all derived from one
 * definition.
 */
export type ChatCommand = {
  readonly verb: string
  readonly summary: string
  readonly short: boolean
  readonly another: boolean
  readonly invited: boolean
  readonly about: 'case' | 'anything'
  readonly allowed: CommandAvailability
  readonly options: readonly OptionInfo[]
  /** `triage <disposition> [severity] …`, without the root command, which looks different on each platform. */
  readonly usage: string
  readonly formTitle: string
  readonly formSubmit: string
  /**
   * The form, filled in with the given values. Pure, so that a modal can open before anything is read from the store.
   */
  form(input: Input): Form
  parse(text: string, known: { readonly branches: readonly string[] }): ParsedOptions
  /** Whether an option accepts this text, unchanged, as its value. */
  fits(option: string, value: string): boolean
  run(input: Input, setting: Setting): Promise<Reply>
}
