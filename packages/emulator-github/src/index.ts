export { UntilTimeout } from '@embargo/emulator-kit'
export type { GitHubEmulator } from './emulator.ts'
export { startGitHubEmulator } from './emulator.ts'
export type { Fault } from './faults.ts'
export type { AppSeed, GitHubEmulatorOptions, Permissions, RepositorySeed, TokenSeed } from './options.ts'
export type { Person } from './person.ts'
export { NotPossible } from './person.ts'
export type {
  Advisory,
  AdvisoryState,
  GitHubState,
  Release,
  Repository,
  RequestRecord,
  Vulnerability,
} from './state.ts'
export { signatureOf } from './webhooks.ts'
export type { Webhook } from './webhooks.ts'
