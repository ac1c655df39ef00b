import type { Gate } from './gate.ts'
import { noConflict } from './no-conflict.ts'
import { notTheReporter } from './not-the-reporter.ts'
import { onTheCase } from './on-the-case.ts'
import { role } from './role.ts'

/** Asked of every command before its own gates, and again of the person who asked when a second person approves. */
export const COMMON_GATES: readonly Gate[] = [role, notTheReporter, noConflict, onTheCase]
