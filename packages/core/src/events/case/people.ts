import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Platform } from '../../shared/actor.ts'
import { fact } from '../fact.ts'

/** Who is on the case. */
export const people = [
  fact('PersonInvited', { person: PersonId, role: z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer']) }),
  fact('StrangerNoticed', { platform: Platform, account: z.string().max(200) }),
] as const
