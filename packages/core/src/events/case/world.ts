import { z } from 'zod'
import { fact } from '../fact.ts'

/** What the vendor and the world know (CS). */
export const world = [
  fact('VendorAware', {}),
  fact('VulnerabilityPublic', {
    because: z.enum(['our-publication', 'signal']),
    link: z.string().max(2000).optional(),
  }),
] as const
