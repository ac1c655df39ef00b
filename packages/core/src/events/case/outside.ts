import { z } from 'zod'
import { EffectId } from '../../shared/ids.ts'
import { Platform } from '../../shared/actor.ts'
import { fact } from '../fact.ts'

/** What the outside answered; both kinds of stream record these. */
export const outside = [
  fact('ChannelOpened', { platform: Platform, channel: z.string(), name: z.string() }),
  fact('CardPlaced', { platform: Platform, slot: z.string(), channel: z.string(), message: z.string() }),
  fact('MailAccepted', { effect: EffectId, letter: z.string(), to: z.string(), messageId: z.string() }),
  fact('MailFailed', { effect: EffectId, letter: z.string(), to: z.string(), because: z.string().max(500) }),
  fact('MailBounced', { effect: EffectId, status: z.string().max(40) }),
  fact('EffectParked', {
    effect: EffectId,
    letter: z.string().optional(),
    to: z.string().optional(),
    doubt: z.boolean(),
    because: z.string().max(500),
  }),
  fact('DoubtSettled', { effect: EffectId, outcome: z.enum(['went', 'again']) }),
] as const
