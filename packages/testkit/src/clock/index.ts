export type { MovedClock } from './moved-clock.ts'
export { createMovedClock } from './moved-clock.ts'
