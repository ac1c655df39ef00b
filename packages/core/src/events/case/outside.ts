import { z } from 'zod'
import { CaseId, EffectId, MessageId } from '../../shared/ids.ts'
import { Platform } from '../../shared/actor.ts'
import { fact } from '../fact.ts'
import { DocumentStepId } from '../step-id.ts'

/**
 * The kinds of bounces. `hard`: refused for good (RFC 3463 class 5). `soft`: given up after some tries (class 4, or no
 * class). `delayed`: a server keeps trying.
 */
export const BounceKind = z.enum(['hard', 'soft', 'delayed'])
export type BounceKind = z.infer<typeof BounceKind>

/** Outcomes of effects; cases and releases both record them. */
export const outside = [
  fact('ChannelOpened', { platform: Platform, channel: z.string(), name: z.string() }, 'neither'),
  fact('CardPlaced', { platform: Platform, slot: z.string(), channel: z.string(), message: z.string() }, 'neither'),
  fact('MailAccepted', { effect: EffectId, letter: z.string(), to: z.string(), messageId: z.string() }, 'neither'),
  fact('MailFailed', { effect: EffectId, letter: z.string(), to: z.string(), because: z.string().max(500) }, 'both'),
  /** The content of the mail became outdated before the mail was sent, so it is not sent. */
  fact(
    'MailWithdrawn',
    { effect: EffectId, letter: z.string(), to: z.string(), because: z.string().max(500) },
    'message',
  ),
  /**
   * `status` is an RFC 3463 code, or empty. The server's own text contains addresses, so only the stored mail has that
   * text.
   */
  fact(
    'MailBounced',
    {
      effect: EffectId,
      status: z.string().max(40),
      letter: z.string().exactOptional(),
      to: z.string().exactOptional(),
      kind: BounceKind.exactOptional(),
      message: MessageId.exactOptional(),
    },
    'both',
  ),
  fact(
    'EffectParked',
    {
      effect: EffectId,
      letter: z.string().optional(),
      to: z.string().optional(),
      /** The publication step that the effect belongs to, unless the effect is a mail. */
      step: DocumentStepId.exactOptional(),
      case: CaseId.exactOptional(),
      doubt: z.boolean(),
      because: z.string().max(500),
    },
    'both',
  ),
  fact('DoubtSettled', { effect: EffectId, outcome: z.enum(['went', 'again', 'withdrawn']) }, 'both'),
] as const
export type OutsideEvent = z.infer<(typeof outside)[number]>
