export * from './clock/index.ts'
export * from './slack/index.ts'
export * from './smtp/index.ts'
export * from './postgres/index.ts'
