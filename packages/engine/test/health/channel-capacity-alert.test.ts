import type { Platform } from '@embargo/core'
import { expect, it } from 'vitest'
import { createChannelCapacityAlert } from '../../src/index.ts'
import type { Card, ChannelRoom, ChatPlatform, ChannelCapacityNews } from '../../src/index.ts'
import { createFakeChat } from '../fakes/fake-outside.ts'
import { createHouse } from '../house.ts'

const card = ({ platform, used, isOver }: ChannelCapacityNews): Card => ({
  kind: 'notice',
  title: `${platform} ${used}: ${isOver ? 'over' : 'runs out'}`,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: '',
  notification: '',
})

it('tells the team on each platform at 80 % of the channels, once, and says when there is room again', async () => {
  const [discord, slack] = [createFakeChat('discord'), createFakeChat('slack')]
  let room: ChannelRoom | undefined
  const chat = new Map<Platform, ChatPlatform>([
    ['discord', { ...discord, room: () => room }],
    ['slack', slack],
  ])
  const notice = createChannelCapacityAlert({ engine: createHouse().engine, chat, card })
  const told = () => [discord, slack].map(({ posts }) => posts.map(({ title, edits }) => `${title} (${edits})`))
  for (const used of [undefined, 399, 400, 420]) {
    room = used === undefined ? undefined : { used, most: 500 }
    expect(await notice.look()).toBe(true)
    if (used === 399) expect(told()).toEqual([[], []])
  }
  expect(told()).toEqual([['discord 400: runs out (0)'], ['discord 400: runs out (0)']])
  room = { used: 120, most: 500 }
  await notice.look()
  // The fake keeps the title with which a message began, and counts its edits.
  expect(told()).toEqual([['discord 400: runs out (1)'], ['discord 400: runs out (1)']])
})
