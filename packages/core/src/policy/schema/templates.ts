import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'

/**
 * Letters in the team's own words. They replace the text between the subject and the signature, which cannot be
 * replaced.
 */
export const Templates = z.strictObject(byName(TEMPLATE_NAMES, () => z.string().optional()))
