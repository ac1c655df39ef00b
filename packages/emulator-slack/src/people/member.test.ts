import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from '../emulator.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { ANA, at, BEN, call, openChannel, startTestSlack } from '../testing.ts'
import { ScriptedApp } from './scripted-app.ts'

let slack: SlackEmulator
let app: ScriptedApp
let channel: string
beforeEach(async () => {
  slack = await startTestSlack()
  channel = await openChannel(slack)
  app = await ScriptedApp.connect(slack)
})
afterEach(() => slack.close())

const ana = () => slack.person(ANA)
/** The next event that the app receives after `act`. */
const hears = (act: () => void): Promise<JsonObject> =>
  new Promise((resolve) => {
    app.onEvent = resolve
    act()
  })

// https://docs.slack.dev/reference/events: private channels have events of their own.
describe('what people do to a private channel', () => {
  it.each([
    ['a new name', () => ana().rename(channel, 'other'), { type: 'group_rename', channel: { name: 'other' } }],
    ['the archive', () => ana().archive(channel), { type: 'group_archive', user: ANA }],
    ['its end', () => ana().deleteChannel(channel), { type: 'group_deleted' }],
    ['the removal of the app', () => ana().putOut(channel, 'U0EMBARGO'), { type: 'group_left', actor_id: ANA }],
    [
      'sharing with another organisation',
      () => ana().share(channel),
      { type: 'channel_shared', connected_team_id: 'T0ELSEWHERE' },
    ],
    ['an invited member', () => ana().invite(channel, BEN), { type: 'member_joined_channel', user: BEN, inviter: ANA }],
    ['a member who left', () => ana().leave(channel), { type: 'member_left_channel', user: ANA }],
  ])('%s is reported to the app', async (_what, act, event) => {
    expect(await hears(act)).toMatchObject(event)
  })

  it('the app is told that a channel was unarchived if the app is still in the channel', async () => {
    await hears(() => ana().archive(channel))
    expect(await hears(() => ana().unarchive(channel))).toMatchObject({ type: 'group_unarchive', channel })
    await call(slack, 'conversations.archive', { channel })
    ana().unarchive(channel)
    expect(await call(slack, 'conversations.info', { channel })).toMatchObject({ channel: { is_member: false } })
  })

  it('is visible to the app when it asks: deleted, shared or public', async () => {
    ana().share(channel)
    ana().makePublic(channel)
    const seen = await call(slack, 'conversations.info', { channel })
    expect(seen).toMatchObject({ channel: { is_ext_shared: true, is_private: false } })
    ana().deleteChannel(channel)
    expect(await call(slack, 'conversations.info', { channel })).toMatchObject({ error: 'channel_not_found' })
  })
})

describe('who is in a user group', () => {
  it('is reported when it changes, and can be requested', async () => {
    expect(await hears(() => ana().setGroup('S0SEC', [BEN]))).toMatchObject({
      type: 'subteam_members_changed',
      subteam_id: 'S0SEC',
      added_users: [],
      removed_users: [ANA],
    })
    expect(await call(slack, 'usergroups.users.list', { usergroup: 'S0SEC' })).toMatchObject({ users: [BEN] })
    expect(at(await call(slack, 'usergroups.users.list', { usergroup: 'S0NONE' }), 'error')).toBe('no_such_subteam')
  })
})
