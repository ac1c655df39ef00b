import type { Card } from '@embargo/engine'
import type { Form } from '../src/index.ts'

/** Everything that people outside say in the gallery, and all that the team types into a field of its own. */
export type Outside = {
  readonly name: string
  readonly address: string
  readonly subject: string
  readonly text: string
  readonly fileName: string
  readonly fileType: string
  /** A reason, a note, a party, a component. */
  readonly note: string
  /** What a server says. */
  readonly answer: string
}

/** How a card is called among the others, and the file of `src/cards` that draws it. */
export type Exhibit = { readonly name: string; readonly from: string; readonly card: Card }
export type FormExhibit = { readonly name: string; readonly form: Form }
export type Gallery = { readonly cards: readonly Exhibit[]; readonly forms: readonly FormExhibit[] }
