import type { Gate } from './gate.ts'
import { noConflict } from './no-conflict.ts'
import { notTheReporter } from './not-the-reporter.ts'
import { onTheCase } from './on-the-case.ts'
import { role } from './role.ts'

/** Asked of every command of people, before the command's own gates; and of whoever asked, when a second person says yes. */
export const COMMON_GATES: readonly Gate[] = [role, notTheReporter, noConflict, onTheCase]
