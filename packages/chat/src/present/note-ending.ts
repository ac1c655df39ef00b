import { outside } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'

/** The end of a sentence: a full stop, or a colon and the note that somebody wrote. */
export const noteEnding = (note: string | undefined): LineParts =>
  note === undefined || note === '' ? ['.'] : [': ', outside(note)]
