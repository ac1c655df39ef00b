export { openProgram, startProgram } from './program/program.ts'
export type { Opened, Program, ProgramOptions } from './program/program.ts'
export { operate } from './control/operations.ts'
export { createLog } from './program/log.ts'
