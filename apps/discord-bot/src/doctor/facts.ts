import type { REST } from 'discord.js'
import { ApplicationFlags, GuildMFALevel, PermissionFlagsBits, Routes } from 'discord.js'
import { z } from 'zod'
import { discordCode } from '../platform/api-errors.ts'
import { NEEDED } from '../platform/permissions.ts'

const Application = z.object({ id: z.string(), flags: z.number().default(0) })
const User = z.object({ id: z.string(), username: z.string(), mfa_enabled: z.boolean().optional() })
const Role = z.object({
  id: z.string(),
  name: z.string(),
  position: z.number(),
  permissions: z.coerce.bigint(),
  managed: z.boolean().default(false),
})
const Guild = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  roles: z.array(Role),
  mfa_level: z.number().default(GuildMFALevel.None),
})
const Member = z.object({ roles: z.array(z.string()) })

export type GuildRole = z.infer<typeof Role>

/** What Discord says about the bot and its server; `guild` is absent if the bot is not in it. */
export type Facts = {
  readonly application: string
  readonly self: string
  /** The toggles that are off in the developer portal, by their names there. */
  readonly intentsOff: readonly string[]
  /**
   * Whether the account that owns the application has two-factor authentication; a bot itself cannot have it. Undefined
   * if Discord does not say.
   */
  readonly ownerHasTwoFactor: boolean | undefined
  readonly guild?: {
    readonly owner: string
    readonly roles: readonly GuildRole[]
    /** The bot's own roles, including @everyone. */
    readonly own: readonly GuildRole[]
    /** The permissions that the bot lacks, by their names in Discord. */
    readonly lacks: readonly string[]
    /** Whether the server requires two-factor authentication of all moderators. */
    readonly requiresTwoFactor: boolean
  }
}

/** https://docs.discord.com/developers/resources/application#application-object-application-flags */
const TOGGLES = [
  {
    name: 'Server Members Intent',
    flags: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  },
  {
    name: 'Message Content Intent',
    flags: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  },
] as const

/** The names of all toggles, for the error when Discord refuses the connection without saying which toggle is off. */
export const TOGGLE_NAMES: readonly string[] = TOGGLES.map(({ name }) => name)

/** Asks Discord for all the facts. Throws the library's errors unchanged. */
export async function askFacts(rest: REST, guild: string): Promise<Facts> {
  const [application, self] = await Promise.all([
    rest.get(Routes.currentApplication()).then((answer) => Application.parse(answer)),
    rest.get(Routes.user()).then((answer) => User.parse(answer)),
  ])
  const seen = await guildFacts(rest, guild, self.id)
  return {
    application: application.id,
    self: self.id,
    ownerHasTwoFactor: self.mfa_enabled,
    intentsOff: TOGGLES.filter(({ flags }) => (application.flags & flags) === 0).map(({ name }) => name),
    ...(seen === undefined ? {} : { guild: seen }),
  }
}

async function guildFacts(rest: REST, guild: string, self: string): Promise<Facts['guild']> {
  try {
    const [{ owner_id: owner, roles, mfa_level: level }, member] = await Promise.all([
      rest.get(Routes.guild(guild)).then((answer) => Guild.parse(answer)),
      rest.get(Routes.guildMember(guild, self)).then((answer) => Member.parse(answer)),
    ])
    const own = roles.filter(({ id }) => id === guild || member.roles.includes(id))
    return { owner, roles, own, lacks: lackedBy(own), requiresTwoFactor: level === GuildMFALevel.Elevated }
  } catch (error) {
    if (NOT_THERE.has(discordCode(error) ?? 0)) return undefined
    throw error
  }
}

/** Discord's errors for an unknown guild, an unknown member and missing access. */
const NOT_THERE: ReadonlySet<number> = new Set([10_004, 10_007, 50_001])

export const isAdministrator = ({ permissions }: GuildRole): boolean =>
  (permissions & PermissionFlagsBits.Administrator) !== 0n

function lackedBy(own: readonly GuildRole[]): readonly string[] {
  if (own.some(isAdministrator)) return []
  const bits = own.reduce((sum, { permissions }) => sum | permissions, 0n)
  return NEEDED.filter(({ bit }) => (bits & bit) === 0n).map(({ name }) => name)
}
