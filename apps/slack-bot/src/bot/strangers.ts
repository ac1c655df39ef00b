import { CommandId } from '@embargo/core'
import type { App } from '@slack/bolt'
import type { BotContext } from './context.ts'
import { nameOf } from './commands.ts'

/** Any member of a private channel may bring in others: whoever joins a case's channel without being on the case is noticed. */
export function listenToJoins(app: App, context: BotContext): void {
  app.event('member_joined_channel', async ({ event, body }) => {
    try {
      await context.deliveries.once(body.event_id, () =>
        joined(context, { account: event.user, channel: event.channel, delivery: body.event_id }),
      )
    } catch (error) {
      context.log.error('a join could not be looked at', { error: nameOf(error) })
      throw error
    }
  })
}

type Join = { readonly account: string; readonly channel: string; readonly delivery: string }

async function joined({ engine, self, log, now }: BotContext, { account, channel, delivery }: Join): Promise<void> {
  if (account === self) return
  const caseId = await engine.caseByChannel('slack', channel)
  const state = caseId === undefined ? undefined : await engine.state(caseId)
  if (caseId === undefined || state?.kind !== 'case') return
  const person = engine.personOfAccount('slack', account)
  if (person !== undefined && state.people[person.id] !== undefined) return
  const answered = await engine.handle({
    commandId: CommandId.parse(`slack:event:${delivery}`),
    actor: { kind: 'system', part: 'chat' },
    at: now(),
    request: { verb: 'notice-stranger', case: caseId, platform: 'slack', account },
  })
  if (!answered.ok) log.warn('a stranger was not recorded', { gate: answered.refusal.gate })
}
