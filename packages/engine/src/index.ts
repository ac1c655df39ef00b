export type * from './engine.ts'
export * from './ports/index.ts'
