import { instant } from '@embargo/core'
import { describe, expect, it, vi } from 'vitest'
import { setStage } from '../../apps/demo/src/stage-setting.ts'
import { TEAM_CHANNEL } from '../../packages/engine/src/access/team-channel.ts'
import { SECURITY, teamOfThree } from './house/policy.ts'
import { settle } from './house/rest.ts'
import { Writer } from './house/writer.ts'

// The test can take long on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const STRANGER = 'U0STRANGER'
const policy = teamOfThree({ intake: { lists: 'open', newCases: 1 } })

describe('the team’s own channel', () => {
  it('removes anybody who is not on the team, and is replaced by another channel once others can read it', async () => {
    await using stage = await setStage({
      policy,
      opening: instant(Date.parse('2026-06-02T09:00Z')),
      strangers: [STRANGER],
    })
    const { slack } = stage
    if (slack === undefined) throw new Error('it is played in Slack')
    const rest = (): Promise<void> => settle(stage)
    for (const n of [1, 2, 3]) {
      const post = {
        relay: stage.relay,
        clock: stage.clock,
        port: stage.program.smtpPort ?? 0,
        securityAddress: SECURITY,
        rest,
      }
      await new Writer(post, `Bot ${n}`, `bot${n}@machine.example`).mails({
        subject: `Finding ${n}`,
        text: 'A finding.',
      })
    }
    const intakes = () => [...slack.state.channels.values()].filter(({ name }) => name.startsWith(TEAM_CHANNEL))
    const [first] = intakes()
    if (first === undefined) throw new Error('there is no intake channel')
    const said = (channel: string): string =>
      slack.state
        .messagesIn(channel)
        .map((each) => slack.render(each))
        .join('\n')

    const team = new Set(first.members)
    slack.person('U0ANA').invite(first.id, STRANGER)
    await stage.restart()
    await slack.until(() => said(first.id).includes(`Somebody who is not on the team was in ${TEAM_CHANNEL}`), {
      wanted: 'a word about the stranger',
    })
    await slack.until(() => !first.members.has(STRANGER), { wanted: 'the stranger out' })
    expect(first.members).toEqual(team)

    const before = said(first.id)
    slack.person('U0ANA').share(first.id)
    await stage.restart()
    const second = await slack.until(() => intakes()[1], { wanted: 'another channel' })
    await slack.until(() => said(second.id).includes(`People outside the team can read ${TEAM_CHANNEL} on Slack`), {
      wanted: 'a word about the open channel',
    })
    expect(said(first.id)).toBe(before)
  })
})
