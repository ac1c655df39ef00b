import { deadlineWords } from '@embargo/core'
import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/** What a clock is about. Whom a case waits for is what somebody typed. */
export const clockAbout = ({ clock, about }: { readonly clock: string; readonly about: string }): Span =>
  clock.startsWith('waiting-on-party') ? outside(about, deadlineWords(clock)) : plain(about)
