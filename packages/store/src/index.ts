export { StoreError, type StoreErrorCode } from './errors.ts'
export { openStore, type Store, type StoreOptions } from './open-store.ts'
