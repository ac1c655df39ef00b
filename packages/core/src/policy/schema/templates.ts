import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'
import { TEXT_NAMES } from '../text-templates.ts'

/**
 * Letters and texts in the team's own words. In a letter, they replace everything between the subject and the
 * signature. In a text about a vulnerability, they replace everything except the subject.
 */
export const Templates = z.strictObject(byName([...TEMPLATE_NAMES, ...TEXT_NAMES], () => z.string().optional()))
