import { z } from 'zod'
import { PERSON_VERBS } from '../roles.ts'
import { byName } from '../../shared/by-name.ts'
import { WAIVABLE_GATES } from '../../shared/gate-id.ts'

/** An observer reads: no policy lets one run a command. */
const Running = z.array(z.enum(['admin', 'team', 'maintainer', 'releaser'])).min(1)

/** Which roles may run a command, where it is not the usual ones. Made from the list of commands: a new one needs no line. */
export const Roles = z.strictObject(byName(PERSON_VERBS, () => Running.optional()))

export const WaivedBy = z.enum(['team', 'admin', 'nobody'])
export type WaivedBy = z.infer<typeof WaivedBy>

/** Who may let a command pass a gate, with a reason and a second person. Gates that are not named here have no way round. */
export const Waivers = z.strictObject(byName(WAIVABLE_GATES, () => WaivedBy.optional()))
