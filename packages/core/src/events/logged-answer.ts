import type { Instant } from '../shared/instant.ts'
import type { CreditKind } from '../shared/words.ts'

/** An answer as it was typed. Core finds the report and the current patch that the answer is about. */
export type LoggedAnswer =
  | { readonly about: 'credit'; readonly credit: CreditKind; readonly name?: string }
  | { readonly about: 'patch-offer'; readonly willing: boolean }
  | { readonly about: 'ai-use'; readonly used: boolean; readonly checkedByPerson: boolean }
  | { readonly about: 'consent'; readonly agreed: boolean }
  | { readonly about: 'embargo-date'; readonly end: Instant }
  | { readonly about: 'open'; readonly agreed: boolean }
  | { readonly about: 'forwarding'; readonly agreed: boolean; readonly named: boolean }
  | { readonly about: 'verification'; readonly branch?: string; readonly fixed: boolean }
