import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'
import { TEXT_NAMES } from '../text-templates.ts'

/**
 * Letters and texts in the team's own words, which replace ours. A letter in the team's words still gets our subject
 * and our signature. A text about a vulnerability still gets our subject.
 */
export const Templates = z.strictObject(byName([...TEMPLATE_NAMES, ...TEXT_NAMES], () => z.string().optional()))
