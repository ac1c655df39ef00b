import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'
import { TEXT_NAMES } from '../text-templates.ts'

/**
 * Letters and texts in the team's own words. They replace everything in a letter between the subject and the signature,
 * and everything in a text about a vulnerability except the subject.
 */
export const Templates = z.strictObject(byName([...TEMPLATE_NAMES, ...TEXT_NAMES], () => z.string().optional()))
