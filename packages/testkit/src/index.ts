export * from './slack/index.ts'
