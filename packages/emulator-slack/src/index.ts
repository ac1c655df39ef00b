export type { Block } from './blocks/blocks.ts'
export { checkHome, checkMessageBlocks, checkView } from './blocks/check.ts'
export type { Option } from './blocks/text.ts'
export type { HomeView, ModalView } from './blocks/views.ts'
export { UntilTimeout } from '@embargo/emulator-kit'
export type { SlackEmulator } from './emulator.ts'
export { startSlackEmulator } from './emulator.ts'
export type { Fault } from './faults.ts'
export type { Upload } from './files-desk.ts'
export type { RequestUrl } from './http-delivery.ts'
export { signatureOf, UrlNotVerified } from './http-delivery.ts'
export type { ResponseUse } from './interaction.ts'
export type {
  ChannelSeed,
  CommandSeed,
  RateLimitOption,
  SlackEmulatorOptions,
  UserGroupSeed,
  UserSeed,
} from './options.ts'
export type { InputValue } from './people/inputs.ts'
export { NotPossible } from './people/not-possible.ts'
export type { Failure, Outcome } from './people/outcome.ts'
export type { Person, SubmitOutcome } from './people/person.ts'
export { renderMessage, renderView } from './render/message.ts'
export type {
  Channel,
  EphemeralMessage,
  Home,
  Message,
  Metadata,
  Notification,
  OpenView,
  RequestRecord,
  SlackState,
  StoredFile,
} from './state.ts'
