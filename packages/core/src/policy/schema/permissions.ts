import { z } from 'zod'
import { PERSON_VERBS } from '../roles.ts'
import { byName } from '../../shared/by-name.ts'
import { WAIVABLE_GATES } from '../../shared/gate-id.ts'

/** An observer reads: no policy can let one run a command. */
const Running = z.array(z.enum(['admin', 'team', 'maintainer', 'releaser'])).min(1)

/**
 * The roles that may run a command, if they are not the usual ones. Made from the list of commands, so a new command
 * needs no line here.
 */
export const Roles = z.strictObject(byName(PERSON_VERBS, () => Running.optional()))

export const WaivedBy = z.enum(['team', 'admin', 'nobody'])
export type WaivedBy = z.infer<typeof WaivedBy>

/**
 * Who may let a command pass a gate, with a reason and a second person. Gates that are not listed here cannot be
 * waived.
 */
export const Waivers = z.strictObject(byName(WAIVABLE_GATES, () => WaivedBy.optional()))
