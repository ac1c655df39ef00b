import { deadlineWords } from '@embargo/core'
import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/** What a deadline is about. The party that a case waits for was typed by a person. */
export const clockAbout = ({ clock, about }: { readonly clock: string; readonly about: string }): Span =>
  clock.startsWith('waiting-on-party') ? outside(about, deadlineWords(clock)) : plain(about)
