export { startPostgres } from './postgres.ts'
export type { Postgres } from './postgres.ts'
