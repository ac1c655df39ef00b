import { describe, expect, it } from 'vitest'
import { UntilTimeout } from '@embargo/emulator-kit'
import { ANA, at, BEN, call, openChannel, startTestSlack } from './testing.ts'

describe('the state of the platform', () => {
  it('finds a planted word wherever it was stored', async () => {
    await using slack = await startTestSlack()
    const channel = await openChannel(slack)
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'in-block' } }]
    const ts = at(await call(slack, 'chat.postMessage', { channel, text: 'in-text', blocks }), 'ts')
    await call(slack, 'chat.update', { channel, ts, text: 'in-edit' })
    await call(slack, 'chat.delete', { channel, ts })
    await call(slack, 'conversations.setTopic', { channel, topic: 'in-topic' })
    await call(slack, 'chat.postEphemeral', { channel, user: ANA, text: 'in-whisper' })
    await call(slack, 'chat.postMessage', { channel, text: 'x'.repeat(50_000), thread_ts: 'in-refused' })
    const payload = { event_type: 'e', event_payload: { 'in-key': 'in-metadata' } }
    await call(slack, 'chat.postMessage', { channel, text: 'x', metadata: payload })
    slack.person(ANA).say(channel, 'in-talk')
    const upload = await call(slack, 'files.getUploadURLExternal', { filename: 'in-name', length: 7 })
    await fetch(at(upload, 'upload_url'), { method: 'POST', body: 'in-file' })
    const everything = slack.state.everything()
    for (const place of [
      'in-text',
      'in-block',
      'in-edit',
      'in-topic',
      'in-whisper',
      'in-refused',
      'in-key',
      'in-metadata',
      'in-talk',
      'in-name',
      'in-file',
    ]) {
      expect(everything).toContain(place)
    }
    expect(everything).not.toContain('nowhere')
  })

  it('gives every message its own timestamp, even if the clock stands still', async () => {
    await using slack = await startTestSlack({ now: () => Date.UTC(2026, 5, 2, 14) })
    const channel = await openChannel(slack)
    const first = slack.person(ANA).say(channel, 'one')
    const second = slack.person(ANA).say(channel, 'two')
    expect([first.ts, second.ts].map((ts) => ts.split('.')[0])).toEqual(['1780408800', '1780408800'])
    expect(Number(second.ts.split('.')[1])).toBeGreaterThan(Number(first.ts.split('.')[1]))
  })

  it('lists user groups and their members', async () => {
    await using slack = await startTestSlack()
    expect(await call(slack, 'usergroups.list', { include_users: true })).toMatchObject({
      usergroups: [{ id: 'S0SEC', handle: 'security', users: [ANA, BEN] }],
    })
    expect(await call(slack, 'usergroups.users.list', { usergroup: 'S0SEC' })).toMatchObject({ users: [ANA, BEN] })
    expect(await call(slack, 'usergroups.users.list', { usergroup: 'S0X' })).toMatchObject({ error: 'no_such_subteam' })
    expect(await call(slack, 'users.info', { user: ANA })).toMatchObject({
      user: { name: 'ana', profile: { email: 'ana@example.org' } },
    })
    expect(await call(slack, 'users.info', { user: 'U0X' })).toMatchObject({ error: 'user_not_found' })
  })
})

describe('uploading a file', () => {
  it('an upload URL accepts the announced bytes once, and the file is shared in the channel', async () => {
    await using slack = await startTestSlack()
    const channel = await openChannel(slack)
    const ticket = await call(slack, 'files.getUploadURLExternal', { filename: 'fix.patch', length: 3 })
    const files = [{ id: at(ticket, 'file_id'), title: 'Fix' }]
    const complete = (more: object = {}) =>
      call(slack, 'files.completeUploadExternal', { files, channel_id: channel, ...more })
    expect(await complete()).toMatchObject({ error: 'file_not_found' })
    const send = (body: string) => fetch(at(ticket, 'upload_url'), { method: 'POST', body })
    expect((await send('four')).status).toBe(400)
    expect((await send('abc')).status).toBe(200)
    expect((await send('abc')).status).toBe(400)
    expect(await complete({ channel_id: 'C0GENERAL' })).toMatchObject({ error: 'not_in_channel' })
    expect(await complete({ initial_comment: 'here' })).toMatchObject({ ok: true, files: [{ title: 'Fix' }] })
    expect(await complete()).toMatchObject({ error: 'file_not_found' })
    expect(slack.state.messagesIn(channel)).toMatchObject([{ text: 'here', files: [files[0]?.id] }])
  })

  it('refuses an empty file', async () => {
    await using slack = await startTestSlack()
    expect(await call(slack, 'files.getUploadURLExternal', { filename: 'x', length: 0 })).toMatchObject({
      error: 'missing_argument',
    })
  })
})

describe('until', () => {
  it('returns what is there, and what arrives later', async () => {
    await using slack = await startTestSlack()
    expect(await slack.until((state) => state.channelNamed('general')?.name)).toBe('general')
    const coming = slack.until((state) => state.channelNamed('later'))
    await call(slack, 'conversations.create', { name: 'later' })
    expect((await coming).name).toBe('later')
  })

  it('gives up and says what it waited for', async () => {
    await using slack = await startTestSlack()
    const waiting = slack.until(() => false, { timeoutMs: 1, wanted: 'the impossible' })
    await expect(waiting).rejects.toThrow(UntilTimeout)
    await expect(waiting).rejects.toThrow('the impossible')
  })

  it('ends when the emulator closes', async () => {
    const slack = await startTestSlack()
    const waiting = slack.until(() => false)
    await Promise.all([expect(waiting).rejects.toThrow('closed while something waited'), slack.close()])
  })
})
