import { deadlineOf, deadlineWords } from '@embargo/core'
import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/** What a deadline is about. Free text is marked as content from outside. */
export const clockAbout = ({ clock, about }: { readonly clock: string; readonly about: string }): Span =>
  deadlineOf(clock)?.freeText === true ? outside(about, deadlineWords(clock)) : plain(about)
