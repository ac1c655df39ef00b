import { ANA, BEN, quillmark } from '@embargo/testkit/policy'
import { instant, PersonId } from '@embargo/core'
import { expect, it, vi } from 'vitest'
import { setStage } from '../../apps/demo/src/stage-setting.ts'
import { SECURITY } from './house/policy.ts'
import { settle } from './house/rest.ts'
import { Writer } from './house/writer.ts'

// The test can take long on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const ON_DISCORD = { ana: '100000000000000001', ben: '100000000000000002', eva: '100000000000000003' }
/** A channel that everybody on the server can see. */
const TOWN = 'town'
const policy = quillmark('team', {
  people: [
    { ...ANA, discord: ON_DISCORD.ana },
    { ...BEN, discord: ON_DISCORD.ben },
    { id: PersonId.parse('eva'), name: 'Eva', roles: ['admin'], slack: 'U0EVA', discord: ON_DISCORD.eva },
  ],
  platforms: ['slack', 'discord'],
})

it('a person whose account was taken over is out on both platforms at once, until two admins undo it', async () => {
  await using stage = await setStage({ policy, opening: instant(Date.parse('2026-06-02T09:00Z')) })
  const { slack, discord, relay, clock } = stage
  if (slack === undefined || discord === undefined) throw new Error('both platforms')
  const rest = () => settle(stage)
  discord.admin.createChannel({ name: TOWN })
  const port = stage.program.smtpPort ?? 0
  const robin = new Writer(
    { relay, clock, port, securityAddress: SECURITY, rest },
    'Robin Sample',
    'robin@sample.example',
  )
  const inSlack = async (account: string, words: string, channel: string): Promise<string> => {
    const outcome = await slack.person(account).command('/cvd', words, channel)
    await outcome.shown()
    await rest()
    const card = outcome.ephemerals.at(-1)
    return card === undefined ? '' : slack.render(card)
  }
  const slackChannel = (end: string) => [...slack.state.channels.values()].find(({ name }) => name.endsWith(end))
  const isIn = (end: string): readonly boolean[] => [
    slackChannel(end)?.members.has('U0BEN') === true,
    discord.person(ON_DISCORD.ben).channels.some(({ name }) => name.endsWith(end)),
  ]

  await robin.mails({ subject: 'A hole', text: 'There is a hole.' })
  const first = slackChannel('0001')?.id ?? ''
  expect(isIn('0001')).toEqual([true, true])

  expect(await inSlack('U0ANA', 'lockout @ben his phone was stolen', first)).toContain('Ben is out of every case')
  await discord.until(() => isIn('0001').every((is) => !is), { wanted: 'Ben out of both channels' })
  const refused = await (
    await discord.person(ON_DISCORD.ben).command('/lockout', { person: 'ana', reason: 'mine' }, TOWN)
  ).shown()
  expect(refused.messages.map((one) => discord.render(one)).join()).toContain('belongs to no person')

  await robin.mails({ subject: 'Another hole', text: 'There is another one.' })
  expect(isIn('0002')).toEqual([false, false])

  await inSlack('U0ANA', 'lockout undo ben', first)
  expect(isIn('0001')).toEqual([false, false])
  expect(await inSlack('U0EVA', 'lockout undo ben', first)).toContain('Ben is let in again')
  await discord.until(() => isIn('0001').every(Boolean), { wanted: 'Ben in both channels again' })
})
