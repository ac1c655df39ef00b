import type { Choice, FieldKind, Suggests } from '@embargo/chat'

/** What Discord needs to know of an option; the registry's have it all. */
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

/** What Discord needs to know of a chat command. */
export type CommandFacts = {
  readonly verb: string
  readonly summary: string
  readonly about: 'case' | 'anything'
  readonly options: readonly OptionFacts[]
}
