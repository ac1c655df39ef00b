import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { TEMPLATE_NAMES } from '../template-fields.ts'

/** Letters in the project's own words: the text between the subject and the signature, which stay Embargo's. */
export const Templates = z.strictObject(byName(TEMPLATE_NAMES, () => z.string().optional()))
