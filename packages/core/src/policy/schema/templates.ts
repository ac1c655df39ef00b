import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'
import { TEXT_NAMES } from '../text-templates.ts'

/**
 * Letters and texts in the team's own words. They replace our own texts. What remains of a letter of ours is its
 * subject and signature; of a text about a vulnerability, its subject.
 */
export const Templates = z.strictObject(byName([...TEMPLATE_NAMES, ...TEXT_NAMES], () => z.string().optional()))
