export * from './clock/index.ts'
export * from './localhost-certificate.ts'
export * from './postgres/index.ts'
