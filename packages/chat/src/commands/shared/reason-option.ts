import { z } from 'zod'
import { about } from '../../option.ts'

/** The caller's reason: the rest of the line. */
export const reasonOption = (hint: string) =>
  z.string().max(2000).register(about, { label: 'Reason', hint, takes: 'rest', kind: 'long-text' })
