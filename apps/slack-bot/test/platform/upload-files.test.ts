import { PersonId } from '@embargo/core'
import type { ChatPlatform } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackPlatform, slackClient } from '../../src/index.ts'
import { card } from '../cards.ts'
import { BEN, BOT_TOKEN, effect, policy, recordingLog, workspace } from '../workspace.ts'

describe('a text that is too long for a card', () => {
  let slack: SlackEmulator
  let platform: ChatPlatform
  let channel = ''
  const log = recordingLog()

  const connect = () =>
    createSlackPlatform({ client: slackClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, log }), policy, log })

  beforeEach(async () => {
    slack = await workspace()
    platform = connect()
    channel = (await platform.openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false })).channel
  })
  afterEach(() => slack.close())

  const post = (more: Partial<Parameters<ChatPlatform['post']>[0]> = {}) =>
    platform.post({ effect: effect('e2/post/slack'), channel, card: card(), pin: false, lookUp: false, ...more })
  const isInDoubt = (call: Promise<unknown>) =>
    expect(call).rejects.toSatisfy((error) => error instanceof OutsideError && error.code === 'unknown')
  const long = card({ kind: 'report', quote: { label: 'The report', text: 'a long word '.repeat(2000) } })
  const rest = () => slack.state.messagesIn(channel).filter(({ files }) => files.length > 0)
  const namesOf = (messages: ReturnType<typeof rest>) =>
    messages.flatMap(({ files }) => files.map((id) => slack.state.files.get(id)?.name))

  it('is uploaded in full as a file in the thread of the card', async () => {
    const { message } = await post({ card: long })
    expect(rest()).toMatchObject([{ threadTs: message }])
    const file = slack.state.files.get(rest()[0]?.files[0] ?? '')
    expect(file).toMatchObject({ name: expect.stringMatching(/^report-[0-9a-f]{8}\.txt$/), channels: [channel] })
    expect(file?.content?.toString()).toContain('a long word '.repeat(2000).trim())
  })

  it.each([
    ['chat.postMessage', 'lose-answer'],
    ['upload', 'lose-answer'],
    ['upload', 'lose-request'],
    ['files.getUploadURLExternal', 'lose-answer'],
    ['files.completeUploadExternal', 'lose-answer'],
    ['files.completeUploadExternal', 'lose-request'],
  ] as const)('is there once when %s meets %s', async (method, kind) => {
    slack.faults.next(method, { kind })
    await isInDoubt(post({ card: long }))
    await post({ card: long, lookUp: true })
    expect(slack.state.messagesIn(channel)).toHaveLength(2)
    expect(rest()).toHaveLength(1)
  })

  it('is uploaded even if somebody put another file into the thread meanwhile', async () => {
    await platform.invite({ channel, people: [PersonId.parse('ben')] })
    slack.faults.next('files.completeUploadExternal', { kind: 'lose-request' })
    await isInDoubt(post({ card: long }))
    const [posted] = slack.state.messagesIn(channel)
    slack
      .person(BEN)
      .showFile(channel, { name: 'screen.png', type: 'image/png', bytes: Buffer.from('png') }, posted?.ts)
    await post({ card: long, lookUp: true })
    expect(namesOf(rest())).toEqual(['screen.png', expect.stringMatching(/^report-/)])
  })

  it('after an edit is a file in its thread, and is uploaded again only when something else is left out', async () => {
    const { message } = await post()
    const waived = (reason: string, title: string) =>
      card({ title, lines: [[{ text: `Waived: ${reason}` }], [{ text: title }]] })
    const edits = (reason: string, title: string) =>
      platform.update({ channel, message, card: waived(reason.repeat(250), title) })
    await edits('too late', 'fixing')
    await edits('too late', 'ready')
    platform = connect()
    await edits('too late', 'released')
    expect(rest()).toMatchObject([{ threadTs: message }])
    expect(slack.state.files.get(rest()[0]?.files[0] ?? '')?.content?.toString()).toContain('too late'.repeat(250))
    await edits('too soon', 'released')
    expect(rest()).toHaveLength(2)
    await platform.update({ channel, message, card: card() })
    expect(rest()).toHaveLength(2)
  })

  it.each(['lose-answer', 'lose-request'] as const)('after an edit is there once when it meets %s', async (kind) => {
    const { message } = await post()
    slack.faults.next('files.completeUploadExternal', { kind })
    await isInDoubt(platform.update({ channel, message, card: long }))
    await platform.update({ channel, message, card: long })
    expect(rest()).toHaveLength(1)
  })

  it('stays with the case if the workspace forbids files', async () => {
    slack.faults.next('files.completeUploadExternal', { kind: 'error', error: 'file_type_not_allowed' })
    await post({ card: long })
    expect(slack.state.messagesIn(channel)).toHaveLength(1)
    expect(log.lines.join('\n')).toContain('could not be added as a file')
  })
})
