import type { Gate } from './gate.ts'
import { noConflict } from './no-conflict.ts'
import { notTheReporter } from './not-the-reporter.ts'
import { onTheCase } from './on-the-case.ts'
import { role } from './role.ts'

/**
 * Every command must pass these gates first, and then its own gates. When a second person approves a command, the
 * person who requested it must pass these common gates again.
 */
export const COMMON_GATES: readonly Gate[] = [role, notTheReporter, noConflict, onTheCase]
