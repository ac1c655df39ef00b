import { describe, expect, it } from 'vitest'
import { DAY, later } from '@embargo/core'
import { approvalCard } from '../../src/cards/approval.ts'
import { summarize, readableWarning, readStoredPreview } from '../../src/cards/stored-preview.ts'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, press, RELEASE, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

async function asked(house = new SmallHouse()) {
  await untilReady(house)
  const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
  await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
  return { house, preview, card: await house.lastCard('approval') }
}

describe('a request to publish', () => {
  it.each(['prepare', 'off'] as const)(
    'asks in the channel whether the private fork is merged if the advisory may have one: %s',
    async (github) => {
      const { house } = await asked()
      const [prenotify] = house.state().approvals
      const policy = policyOf()
      const [project] = policy.projects
      if (prenotify === undefined || project === undefined) expect.fail('no approval')
      const repository = 'https://github.com/quillmark/quillmark'
      const card = approvalCard({
        state: house.state(),
        approval: { ...prenotify, asked: JSON.stringify({ verb: 'disclose', case: CASE }) },
        shown: undefined,
        policy: { ...policy, projects: [{ ...project, repository, targets: { github } }] },
        at: house.now,
        where: { platform: 'slack' },
      })
      expect(card.fallback.includes('Is all work in the private fork at GitHub merged?')).toBe(github !== 'off')
    },
  )
})

describe('a request that waits for an approval', () => {
  it('is shortened in the channel, and shown in full to anyone who asks, even the requester', async () => {
    const { house, card } = await asked(
      new SmallHouse({ previewText: `first\nsecond\n${'a long line\n'.repeat(1500)}` }),
    )
    expect(card.quote?.text).not.toContain('long')
    const all = cardOf(await house.asks(ana, 'approve', press(card, 'Show all').input))
    expect(all.quote?.text).toContain('long')
    expect(all.actions.map(({ label }) => label)).toEqual(['Show more'])
    const before = house.asked.length
    const next = cardOf(await house.asks(ana, 'approve', press(all, 'Show more').input))
    expect(next.quote?.label).toContain('part 2 of')
    expect(house.asked).toHaveLength(before)
  })

  it('can be approved only after its last part was shown', async () => {
    const { house, card } = await asked(
      new SmallHouse({ previewText: `first\nsecond\n${'a long line\n'.repeat(1500)}` }),
    )
    const offered: string[][] = []
    let shown = cardOf(await house.asks(ben, 'approve', press(card, 'Look and approve').input))
    for (;;) {
      offered.push(shown.actions.map(({ label }) => label))
      if (!shown.actions.some(({ label }) => label === 'Show more')) break
      shown = cardOf(await house.asks(ben, 'approve', press(shown, 'Show more').input))
    }
    expect(offered).toEqual([...Array<string[]>(offered.length - 1).fill(['Show more']), ['Approve']])
    expect(offered.length).toBe(Number(/part (\d+) of \1$/u.exec(shown.quote?.label ?? '')?.[1]))
    expect(offered.length).toBeGreaterThan(2)
    await house.asks(ben, 'approve', press(shown, 'Approve').input)
    expect(house.state().approvals.at(-1)).toMatchObject({ status: 'given', givenBy: ben })
  })

  it('is not approved if it differs from what was shown, and the answer says so', async () => {
    const { house, card } = await asked()
    const shown = cardOf(await house.asks(ben, 'approve', press(card, 'Look and approve').input))
    const { input } = press(shown, 'Approve')
    const reply = await house.asks(ben, 'approve', { ...input, digest: 'e'.repeat(64) })
    expect(cardOf(reply).fallback).toMatch(
      /^SEC-2026-0042 · Not approved\nThe approval is void, and nothing was sent: /u,
    )
    expect('facts' in reply && reply.facts).toHaveProperty('note')
    expect(house.state().approvals.at(-1)).toMatchObject({ status: 'void' })
  })

  it('is reported as void if it comes too late', async () => {
    const { house, card } = await asked()
    house.now = later(RELEASE, -3 * DAY)
    const shown = cardOf(await house.asks(ben, 'approve', press(card, 'Look and approve').input))
    const reply = cardOf(await house.asks(ben, 'approve', press(shown, 'Approve').input))
    expect(reply.fallback).toContain('Tue 9 Jun 2026, 14:00 UTC is 3 days away')
    expect((await house.lastCard('change')).fallback).toContain('Tue 9 Jun 2026, 14:00 UTC is 3 days away')
  })

  it('is offered in the status instead of a second request', async () => {
    const { house } = await asked()
    const status = cardOf(await house.asks(ana, 'status'))
    const verbs = status.actions.map(({ verb }) => verb)
    expect(verbs.slice(0, 3)).toEqual(['approve', 'advisory', 'reply'])
    expect(verbs).not.toContain('prenotify')
    expect(cardOf(await house.asks(ben, 'status')).fallback).not.toContain('Still missing')
  })

  it('tells only the requester, and not the whole channel, why they cannot approve it', async () => {
    const { house } = await asked()
    const said = /to approve: .* second person/u
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('Still missing')
    expect(cardOf(await house.asks(ana, 'status', CASE, { channel: 'C-elsewhere' })).fallback).toMatch(said)
  })

  it('is chosen by its short id if several requests wait', async () => {
    const { house } = await asked()
    const waiver = press(cardOf(await house.asks(ana, 'waive', 'cve the root is on holiday')), 'Ask the second person')
    await house.asks(ana, 'waive', waiver.input)
    expect(cardOf(await house.asks(ben, 'status')).fallback).toMatch(
      /Waiting on +a second person \(a1\) to pre-notify the lists \(.*\) · a second person \(a2\) to tell recipients before there is a CVE id/,
    )
    const which = cardOf(await house.asks(ben, 'approve'))
    expect(which.title).toBe('SEC-2026-0042 · 2 questions wait: which one?')
    expect(which.actions.map(({ among }) => among)).toEqual(Array(2).fill('Which one do you look at?'))
    expect(which.fallback).toContain('a2 tell recipients before there is a CVE id, asked by Ana')
    expect(which.fallback).toContain('approve --approval a2')
    expect(which.actions.map(({ label }) => label)).toEqual(['Look at a1', 'Look at a2'])
    expect(cardOf(await house.asks(ben, 'approve', press(which, 'Look at a2').input)).title).toContain(
      'approve: tell recipients before there is a CVE id',
    )
    expect(cardOf(await house.asks(ben, 'approve', '--approval a1')).title).toContain('pre-notify')
    expect(cardOf(await house.asks(ben, 'approve.no', 'not today')).title).toContain('which one?')
    await house.asks(ben, 'approve.no', '--approval a1 not today')
    expect(cardOf(await house.asks(ben, 'approve')).title).toContain(
      'approve: tell recipients before there is a CVE id',
    )
  })

  it('says so if nobody would get a mail', async () => {
    const policy = policyOf('team')
    const prenotification = {
      ...policy.prenotification,
      lists: policy.prenotification.lists.map((list) => ({ ...list, recipients: [] })),
    }
    const alone = policy.projects.map(({ announce: _announce, ...project }) => project)
    for (const [projects, says, told] of [
      [policy.projects, 'The heads-up is posted, and what is public stays public.', 'the heads-up goes out'],
      [alone, 'nothing is mailed. The release gets its date.', 'nothing is mailed'],
    ] as const) {
      const { house, preview, card } = await asked(
        new SmallHouse({ policy: { ...policy, projects: [...projects], prenotification } }),
      )
      for (const each of [preview, card]) {
        expect(each.fallback).toContain(says)
        expect(each.fallback).not.toContain('cannot be called back')
      }
      const look = cardOf(await house.asks(ben, 'approve', press(card, 'Look and approve').input))
      await house.asks(ben, 'approve', press(look, 'Approve').input)
      expect((await house.lastCard('change')).fallback).toContain(told)
    }
  })

  it('mentions no second person if the same person looks twice', async () => {
    const house = new SmallHouse({ policy: policyOf('solo') }).opens()
    for (const verb of ['approve', 'refuse', 'prenotify', 'disclose'])
      expect(cardOf(await house.asks(ana, 'help', verb)).fallback).not.toMatch(/^\s*Who .*but not who asked/mu)
    expect(cardOf(await house.asks(ana, 'help')).fallback).not.toContain('second person')
  })
})

const SHOWN = { sender: 'name-and-address', mailText: 'shown' } as const

describe('a preview in short', () => {
  const mail = { to: 'a@north.example', subject: 'Notice', text: 'one\n\ntwo\nthree', attachments: [] }

  it('shows the recipient, subject and first lines of each mail, and only the number of those that do not fit', () => {
    const sections = Array.from({ length: 15 }, (_, n) => ({ title: `Mail ${n + 1}`, text: 'whole', mail }))
    const short = summarize(sections, [SHOWN])
    expect(short.split('\n\n')[0]).toBe('Mail 1\nTo: a@north.example\nSubject: Notice\none\ntwo\n…')
    expect(short).toContain('… and 3 more mails')
    expect(short).not.toContain('Mail 13')
  })

  it.each([
    ['who wrote', { ...SHOWN, sender: 'name' }],
    ['what they wrote', { ...SHOWN, mailText: 'on-request' }],
  ] as const)('has only the title of a mail to a reporter if one of the cases does not show %s', (_what, chat) => {
    const theirs = { title: 'Thanks', text: 'whole', mail: { ...mail, ofReporter: true } } as const
    const others = { title: 'Notice', text: 'whole', mail }
    expect(summarize([theirs, others], [SHOWN, chat])).toMatch(/^Thanks\nNot shown here\n\nNotice\nTo: a@north/u)
    expect(summarize([theirs], [SHOWN])).toContain('To: a@north.example')
  })

  it('warns of mails that could be read in transit, and names nobody', () => {
    const clear = { title: 'Pre-notification to north', text: 'whole', mail: { ...mail, readable: true } } as const
    const sealed = { title: 'Pre-notification to south', text: 'whole', mail }
    expect(readableWarning([sealed])).toBeUndefined()
    expect(readableWarning([sealed, clear])).toBe(
      '⚠ A report came encrypted, but one of these mails is not encrypted and could be read on its way.',
    )
    expect(readableWarning([clear, clear])).toContain('2 of these mails are not encrypted')
    expect(summarize([clear], [SHOWN])).toContain('Subject: Notice\nNot encrypted\none')
  })

  it('and its warning are restored from the stored preview', () => {
    const kept = JSON.stringify({ sections: [{ title: 'a', text: 'b', mail: { ...mail, readable: true } }] })
    expect(readableWarning(readStoredPreview(kept) ?? [])).toContain('⚠')
  })

  it.each([undefined, 'TLP:AMBER', '{"sections":[{}]}'])('is undefined if %j was stored', (kept) => {
    expect(readStoredPreview(kept)).toBeUndefined()
  })
})
