import { describe, expect, it } from 'vitest'
import { bootDiscord } from '../boot-discord.ts'
import { card } from '../cards.ts'
import { effect } from '../server.ts'

/** https://docs.discord.com/developers/resources/message#pin-message: PIN_MESSAGES, a permission of its own */
describe('the status card', () => {
  const on = bootDiscord()

  const place = (name = 'e2/place-card/discord') =>
    on.bot.platform.post({ effect: effect(name), channel: on.opened.channel, card: card(), pin: true, lookUp: false })
  const update = (message: string) =>
    on.bot.platform.update({ channel: on.opened.channel, message, card: card({ title: 'Now' }) })
  const isPinned = () => on.discord.state.messagesIn(on.opened.channel).map(({ pinned }) => pinned)
  const denied = (deny: readonly 'PIN_MESSAGES'[]) =>
    on.discord.admin.setOverwrite(on.opened.channel, {
      id: on.discord.botUserId,
      type: 'member',
      allow: ['VIEW_CHANNEL', 'SEND_MESSAGES', 'EMBED_LINKS', 'ATTACH_FILES', 'READ_MESSAGE_HISTORY'],
      deny,
    })
  const lines = () => on.log.lines.filter((line) => line.includes('pinned'))

  it('delays nothing if the bot may not pin it, and the log names the permission once', async () => {
    denied(['PIN_MESSAGES'])
    const { message } = await place()
    await update(message)
    await update(message)
    expect(isPinned()).toEqual([false])
    expect(lines()).toEqual([expect.stringMatching(/^error .*“Pin Messages”.*Edit Channel → Permissions/)])
  })

  it('is pinned as soon as the bot may', async () => {
    denied(['PIN_MESSAGES'])
    await place()
    denied([])
    await on.discord.until(() => isPinned()[0])
    expect(isPinned()).toEqual([true])
  })

  it('is pinned as soon as the bot may again in the whole server', async () => {
    const may = ['VIEW_CHANNEL', 'SEND_MESSAGES', 'EMBED_LINKS', 'ATTACH_FILES', 'READ_MESSAGE_HISTORY'] as const
    denied([])
    on.discord.admin.botPermissions(may)
    await place()
    expect(isPinned()).toEqual([false])
    on.discord.admin.botPermissions([...may, 'PIN_MESSAGES'])
    await on.discord.until(() => isPinned()[0])
    expect(isPinned()).toEqual([true])
  })

  it('is pinned with its next change if there was no room for another pin', async () => {
    on.discord.faults.next('create_pin', { kind: 'error', error: 'pinsFull' })
    const { message } = await place()
    expect([isPinned(), lines()]).toEqual([[false], [expect.stringContaining('250 pinned messages')]])
    await update(message)
    expect(isPinned()).toEqual([true])
  })

  it('stays unpinned if somebody unpinned it', async () => {
    const { message } = await place()
    on.discord.admin.unpin(message)
    await update(message)
    expect(isPinned()).toEqual([false])
  })

  it('is not tried again if it was deleted before it was pinned', async () => {
    on.discord.faults.next('create_pin', { kind: 'error', error: 'unknownMessage' })
    const { message } = await place()
    await update(message)
    expect([isPinned(), lines()]).toEqual([[false], []])
  })
})
