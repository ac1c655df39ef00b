import { z } from 'zod'
import { PERSON_VERBS } from '../../people/roles.ts'
import type { PersonVerb } from '../../case/command.ts'
import { WAIVABLE_GATES } from '../gate-id.ts'
import type { WaivableGate } from '../gate-id.ts'

/** An observer reads: no policy lets one run a command. */
const Running = z.array(z.enum(['admin', 'team', 'maintainer', 'releaser'])).min(1)
type Running = z.infer<typeof Running>

// The shape is made from the list of commands, so that a new one can be named here without another line.
const rolesShape = Object.fromEntries(PERSON_VERBS.map((verb) => [verb, Running.optional()]))

/** Which roles may run a command, where it is not the usual ones. */
export const Roles = z.strictObject(rolesShape) as unknown as z.ZodType<
  { readonly [V in PersonVerb]?: Running | undefined },
  { readonly [V in PersonVerb]?: Running | undefined }
>

export const WaivedBy = z.enum(['team', 'admin', 'nobody'])
export type WaivedBy = z.infer<typeof WaivedBy>

const waiversShape = Object.fromEntries(WAIVABLE_GATES.map((gate) => [gate, WaivedBy.optional()]))

/** Who may let a command pass a gate, with a reason and a second person. Gates that are not named here have no way round. */
export const Waivers = z.strictObject(waiversShape) as unknown as z.ZodType<
  { readonly [G in WaivableGate]?: WaivedBy | undefined },
  { readonly [G in WaivableGate]?: WaivedBy | undefined }
>
