import type { EffectContext } from '../dispatch/context.ts'

/** What a mail is written from. */
export type MailContext = Pick<EffectContext<'send-mail'>, 'effect' | 'recorded' | 'world' | 'now' | 'deps'>
