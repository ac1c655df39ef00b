import type { Choice, FieldKind, Suggests } from '@embargo/chat'

/** The properties of an option that Discord needs. The registry's options have all of them. */
export type OptionFacts = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: FieldKind
  readonly required: boolean
  readonly wanted: boolean
  readonly hidden: boolean
  readonly carried: boolean
  readonly choices?: readonly Choice[]
  readonly suggests?: Suggests
  readonly most?: number
  /** The bounds of a whole number. */
  readonly whole?: { readonly least: number; readonly most: number }
}

/** The properties of a chat command that Discord needs. */
export type CommandFacts = {
  readonly verb: string
  readonly summary: string
  readonly about: 'case' | 'anything'
  readonly options: readonly OptionFacts[]
}
