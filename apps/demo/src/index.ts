export type { Line, MailLine } from './line.ts'
export { play } from './play.ts'
export type { PlayOptions } from './play.ts'
