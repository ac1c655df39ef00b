import { CaseId } from '@embargo/core'
import { channelShows, stageBecomes } from '../acting/channel.ts'
import { mailLeaves, reporterWrites } from '../acting/post.ts'
import { REPORTER } from '../cast.ts'
import { REPORT } from '../material.ts'
import { PATIENCE_MS } from '../playing.ts'
import type { Scene } from './scene.ts'

/** A mail opens a case: a private channel, the people invited, the report, the status card, and a receipt. */
export const report: Scene = {
  title: 'A report arrives',
  at: '2026-06-02T09:12Z',
  play: async (playing) => {
    const { slack, say } = playing
    await reporterWrites(playing, REPORT)
    const channel = await slack.until(
      (state) => [...state.channels.values()].find((each) => each.name.startsWith('sec-')),
      {
        timeoutMs: PATIENCE_MS,
        wanted: 'a channel for the case',
      },
    )
    await slack.until(() => channel.members.size >= 3, {
      timeoutMs: PATIENCE_MS,
      wanted: `Ana and Ben in #${channel.name}`,
    })
    const people = [...channel.members].map((id) => slack.state.users.get(id)?.realName ?? id)
    say({
      line: 'note',
      text: `Slack has a new ${channel.isPrivate ? 'private' : 'public'} channel #${channel.name} with ${people.join(', ')} in it.`,
    })
    playing.case = { id: CaseId.parse(channel.name.toUpperCase()), channel, stage: undefined }
    await channelShows(playing, 'a report arrived')
    await stageBecomes(playing, 'received')
    await mailLeaves(playing, REPORTER.address)
  },
}
