export type { CveEmulator } from './emulator.ts'
export { startCveEmulator } from './emulator.ts'
export type { CveCall, CveFault } from './faults.ts'
export type { CveEmulatorOptions, OrganizationSeed, UserSeed } from './options.ts'
