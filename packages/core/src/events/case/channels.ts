import { z } from 'zod'
import { Platform } from '../../shared/actor.ts'
import { BlobId, PersonId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about a case’s channels. */
export type ChannelsRequest =
  /** A team member has checked a channel that people outside the case could read. */
  | { readonly verb: 'settle.channel.ok'; readonly case: CaseId }
  /** Opens another channel in place of a channel that is archived or lost. */
  | { readonly verb: 'settle.channel.open'; readonly case: CaseId }

/** The set of roles that may make each request. */
export const channelsRoles = {
  'settle.channel.ok': 'coordinate',
  'settle.channel.open': 'coordinate',
} satisfies Record<ChannelsRequest['verb'], RoleSet>

/**
 * How a channel was lost: it was archived or deleted, or our bot was removed from it. `out-of-reach`: the channel was
 * deleted or the bot removed, and the platform does not say which.
 */
export const ChannelLoss = z.enum(['archived', 'deleted', 'bot-removed', 'out-of-reach'])
export type ChannelLoss = z.infer<typeof ChannelLoss>

const channel = { platform: Platform, channel: z.string().max(200) }

const transcript = z.object({ blob: BlobId, sha256: Sha256, lines: z.number().int().min(0) })

const gap = z.object({ since: Instant, until: Instant })

/** Events about a case's channels. */
export const channels = [
  fact('ChannelRenamed', { ...channel, name: z.string().max(200) }, 'message'),
  fact('ChannelLost', { ...channel, how: ChannelLoss }, 'message'),
  /** A person unarchived the channel. */
  fact('ChannelBack', channel, 'message'),
  /**
   * A new channel replaces a channel that is gone. `nth` is the number of the new channel among the case's channels on
   * the platform, counted from 1.
   */
  fact(
    'ChannelWanted',
    {
      platform: Platform,
      nth: z.number().int().min(2),
      instead: z.enum([...ChannelLoss.options, 'closed']),
    },
    'message',
  ),
  /** People who are not on the case can read the channel: a server admin opened it or its category to them. */
  fact('ChannelExposed', channel, 'message'),
  /** A team member has checked the channel, so posts that were held back continue. */
  fact('ChannelCleared', channel, 'message'),
  /** From now on nothing more is posted in the channel, because the case was closed long enough ago. */
  fact('ChannelClosing', channel, 'neither'),
  /**
   * `transcript`: the channel's messages, encrypted, if the policy keeps them. `gap`: the period whose messages are
   * missing.
   */
  fact('ChannelArchived', { ...channel, transcript: transcript.exactOptional(), gap: gap.exactOptional() }, 'neither'),
  /**
   * `transcript`: the channel's messages so far, encrypted. `gap`: the period whose messages are missing because the
   * platform had already deleted them.
   */
  fact('TalkKept', { ...channel, transcript, gap: gap.exactOptional() }, 'neither'),
  /** A person on the case cannot read its channel: they left it, or somebody removed them. */
  fact('PersonNotThere', { ...channel, person: PersonId }, 'message'),
  /** A person on the case who was missing from the channel is there again. */
  fact('PersonThere', { ...channel, person: PersonId }, 'neither'),
] as const
export type ChannelEvent = z.infer<(typeof channels)[number]>
