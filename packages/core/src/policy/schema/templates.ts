import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'
import { TEXT_NAMES } from '../text-templates.ts'

/**
 * Letters and texts in the team's own words. In a letter, they replace the text between the subject and the signature,
 * which cannot be replaced; in a text about a vulnerability, everything but the subject.
 */
export const Templates = z.strictObject(byName([...TEMPLATE_NAMES, ...TEXT_NAMES], () => z.string().optional()))
