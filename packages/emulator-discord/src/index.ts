export type { Admin as DiscordAdmin } from './admin.ts'
export type { Command as DiscordCommand } from './check/commands.ts'
export type { Component as DiscordComponent } from './check/components.ts'
export type { Embed as DiscordEmbed } from './check/embeds.ts'
export type { Modal as DiscordModal } from './check/modals.ts'
export type { DiscordEmulator } from './emulator.ts'
export { startDiscordEmulator } from './emulator.ts'
export type { ApiErrorName as DiscordErrorName } from './errors.ts'
export type { Fault as DiscordFault } from './faults.ts'
export type { Choice as DiscordChoice } from './interactions.ts'
export type {
  DiscordChannelSeed,
  DiscordEmulatorOptions,
  DiscordRateLimitOption,
  MemberSeed,
  OverwriteSeed,
  PrivilegedIntent,
  RoleSeed,
} from './options.ts'
export type { FieldValue } from './people/fields.ts'
export { NotPossible as NotPossibleOnDiscord } from './people/not-possible.ts'
export type { AttachedFile, OptionValue } from './people/options.ts'
export type { DiscordFailure, FirstAnswer, Outcome as DiscordOutcome } from './people/outcome.ts'
export type { DiscordPerson } from './people/person.ts'
export type { PermissionName } from './permissions.ts'
export { PERMISSIONS as DISCORD_PERMISSIONS, bitsOf as permissionBits } from './permissions.ts'
export { BUCKETS as DISCORD_BUCKETS } from './rest/table.ts'
export { renderMessage as renderDiscordMessage, renderModal as renderDiscordModal } from './render/message.ts'
export type {
  Attachment as DiscordAttachment,
  Channel as DiscordChannel,
  DiscordState,
  Member as DiscordMember,
  Message as DiscordMessage,
  OpenModal,
  Overwrite,
  Role as DiscordRole,
} from './state.ts'
