import { outside } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'

/** Ends a sentence: with a full stop, or with a colon and the note that somebody wrote. */
export const noteEnding = (note: string | undefined): LineParts =>
  note === undefined || note === '' ? ['.'] : [': ', outside(note)]
