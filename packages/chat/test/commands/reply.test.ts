import { expect, it } from 'vitest'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { mailsLeave } from '../fixtures/until-publishing.ts'
import { untilReady } from '../fixtures/until-ready.ts'

const POLICY = policyOf()
const DISTROS: typeof POLICY = {
  ...POLICY,
  prenotification: {
    ...POLICY.prenotification,
    lists: POLICY.prenotification.lists.map((list) => ({ ...list, kind: 'linux-distros' as const })),
  },
}

async function prenotified(policy = DISTROS): Promise<SmallHouse> {
  const house = await untilReady(new SmallHouse({ policy }))
  const shown = cardOf(await house.asks(ana, 'prenotify', '2026-06-02'))
  await house.asks(ana, 'prenotify', press(shown, 'Ask the second person').input)
  await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
  mailsLeave(house)
  return house
}

it('says how to note an exploit that a mail shares with the list of the Linux distributions, and what follows', async () => {
  const house = await prenotified()
  const plain = cardOf(await house.asks(ana, 'reply', '--to recipients How to reproduce it is attached.'))
  expect(plain.fallback).toContain('/cvd reply --to recipients --exploit shared')
  const noted = cardOf(await house.asks(ana, 'reply', '--to recipients --exploit shared How to reproduce it.'))
  expect(noted.fallback).toContain('published on oss-security within 7 days')
  await house.asks(ana, 'reply', press(noted, 'Send').input)
  expect(house.recorded.map(({ one }) => one.event).findLast(({ type }) => type === 'RecipientsWritten')).toMatchObject(
    {
      exploit: 'shared',
    },
  )
})

it('notes an exploit that the recipients have already, and mails nothing', async () => {
  const house = await prenotified()
  const mails = house.recorded.length
  expect(cardOf(await house.asks(ana, 'reply', '--to recipients --exploit sent')).fallback).toContain(
    'Noted: the exploit was shared. Nothing is mailed.',
  )
  expect(house.recorded.slice(mails).map(({ one }) => one.event.type)).toEqual(['ExploitShared'])
})

it('asks nothing about exploits where no list requires their publication, and refuses the note elsewhere', async () => {
  const house = await prenotified(POLICY)
  expect(cardOf(await house.asks(ana, 'reply', '--to recipients It builds on BSD.')).fallback).not.toContain('exploit')
  expect(cardOf(await house.asks(ana, 'reply', '--exploit shared It builds on BSD.')).fallback).toContain(
    'only for a mail to recipients',
  )
})

it('warns of what a mail would tell its readers about other recipients, cases and channels, and of a reporter', async () => {
  const house = await prenotified(POLICY)
  const [first, second] = POLICY.prenotification.lists.flatMap(({ recipients }) => recipients)
  if (first === undefined || second === undefined) throw new Error('the policy has two recipients')
  const shown = async (text: string): Promise<string> => cardOf(await house.asks(ana, 'reply', text)).fallback
  expect(await shown(`--to recipients ${first.name} asks about SEC-2026-0777.`)).toMatch(
    /⚠ The mail names a recipient: .*⚠ The mail names another case: /su,
  )
  expect(await shown(`--to ${first.id} As ${first.name} asked: see https://q.slack.com/archives/C1`)).toMatch(
    /nothing has been sent yet\.[^⚠]*⚠ The mail links to a channel of the team: [^⚠]*$/isu,
  )
  expect(await shown(`--to ${first.id} Ask ${second.address.toUpperCase()}`)).toContain('⚠ The mail names a recipient')
  expect(await shown(`${second.name} tests the patch of SEC-2026-0001.`)).toContain('⚠ The mail names a recipient')
  expect(await shown('It builds on BSD.')).not.toContain('⚠')
})
