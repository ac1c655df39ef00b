import { z } from 'zod'
import { fact } from '../fact.ts'

const link = z.string().max(2000)

/** What became of the advisory at an outside service. A person did it and says where it can be seen. */
export const advisoryLink = [
  /** A draft that only those see whom it was given to. */
  fact('AdvisoryOpened', { link }, 'both'),
  fact('AdvisoryPublished', { link }, 'both'),
] as const
export type AdvisoryLinkEvent = z.infer<(typeof advisoryLink)[number]>
