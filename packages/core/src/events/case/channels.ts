import { z } from 'zod'
import { Platform } from '../../shared/actor.ts'
import { BlobId, PersonId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'

/**
 * How a channel was lost: somebody archived or deleted it, or took our bot out of it; `out-of-reach` where the platform
 * does not tell which of the last two.
 */
export const ChannelLoss = z.enum(['archived', 'deleted', 'bot-removed', 'out-of-reach'])
export type ChannelLoss = z.infer<typeof ChannelLoss>

const channel = { platform: Platform, channel: z.string().max(200) }

const transcript = z.object({ blob: BlobId, sha256: Sha256, lines: z.number().int().min(0) })

const gap = z.object({ since: Instant, until: Instant })

/** What becomes of a case's channels after they were opened. */
export const channels = [
  fact('ChannelRenamed', { ...channel, name: z.string().max(200) }, 'message'),
  fact('ChannelLost', { ...channel, how: ChannelLoss }, 'message'),
  /** A person took it out of the archive again. */
  fact('ChannelBack', channel, 'message'),
  /** A new one takes the place of one that is gone; `nth` counts the case's channels on the platform from 1. */
  fact(
    'ChannelWanted',
    {
      platform: Platform,
      nth: z.number().int().min(2),
      instead: z.enum([...ChannelLoss.options, 'closed']),
    },
    'message',
  ),
  /** More people can read it than are on the case: a server's admin opened it, or its category. */
  fact('ChannelExposed', channel, 'message'),
  /** A team member has looked at it: what waited goes on. */
  fact('ChannelCleared', channel, 'message'),
  /** The case is over and the time of grace too. Nothing more is said in it. */
  fact('ChannelClosing', channel, 'neither'),
  /** With what was said in it, sealed, where the policy keeps that. `gap`: of that time it is not whole. */
  fact('ChannelArchived', { ...channel, transcript: transcript.exactOptional(), gap: gap.exactOptional() }, 'neither'),
  /**
   * What was said in it so far, sealed, while it can still be read. `gap`: of that time the platform had nothing more, and
   * nothing was kept before.
   */
  fact('TalkKept', { ...channel, transcript, gap: gap.exactOptional() }, 'neither'),
  /** They are on the case, and read nothing of what is said in its channel: they left it, or somebody put them out. */
  fact('PersonNotThere', { ...channel, person: PersonId }, 'message'),
  /** They were seen in it again. */
  fact('PersonThere', { ...channel, person: PersonId }, 'neither'),
] as const
export type ChannelEvent = z.infer<(typeof channels)[number]>
