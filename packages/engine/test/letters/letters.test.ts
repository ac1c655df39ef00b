import { describe, expect, it } from 'vitest'
import { DAY, instant, later, Policy, TEMPLATE_FIELDS, TEMPLATE_NAMES } from '@embargo/core'
import type { Person, Platform, Roots, TemplateName } from '@embargo/core'
import { parse } from '@embargo/mail'
import { CASE, createHouse, policyOf, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { requestAndApprove, submit, RELEASE, submitPatch, untilPrenotified, untilReady } from '../story.ts'

const text = (raw: Uint8Array): string => new TextDecoder().decode(raw)
const to = (house: House, address: string) => house.relay.mails.filter(({ envelopeTo }) => envelopeTo === address)
const subjects = async (house: House, address: string) =>
  Promise.all(to(house, address).map(async ({ raw }) => (await parse(raw)).subject))

/** Fields that are empty if there is nothing to say. */
const MAY_BE_EMPTY = [
  'Please check the fix: releaseAt',
  'Progress of your report: reason',
  'TLP:AMBER+STRICT the release is cancelled: newDate',
  'The planned date no longer holds: newDate',
  'What we found: reason',
]

async function disclosed(house = createHouse()): Promise<House> {
  await untilPrenotified(house)
  await house.drain()
  house.clock.moveTo(RELEASE)
  await requestAndApprove(house, { verb: 'disclose', case: CASE })
  await house.drain()
  return house
}

describe('the letters of a case', () => {
  it('reach the reporter in order', async () => {
    expect(await subjects(await disclosed(), REPORTER)).toEqual([
      `[${CASE}] Your report has arrived`,
      `[${CASE}] We are handling your report`,
      `[${CASE}] What we found`,
      `[${CASE}] We write the patch`,
      `[${CASE}] Please check the fix`,
      `[${CASE}] Please check what we will publish`,
      `[${CASE}] The planned date`,
      `[${CASE}] Published, and thank you`,
    ])
  })

  it('are in the project’s own words if the policy has them', async () => {
    const house = createHouse({
      policy: policyOf({
        templates: { acknowledgment: 'Dear reporter,\n\n{{project}} has {{case}} until {{embargoEnd}}.' },
      }),
    })
    await untilReady(house)
    await house.drain()
    const mails = await Promise.all(to(house, REPORTER).map(async ({ raw }) => parse(raw)))
    const [receipt] = mails
    const own = mails.find(({ subject }) => subject === `[${CASE}] We are handling your report`)
    expect(own?.text).toMatch(/^Dear reporter,\n\nQuillmark has SEC-2026-0001 until \w+ \d+ \w+ 2026,? [^]*\n-- \n/)
    expect(receipt?.text).toContain('Your report has arrived')
  })

  it.each([
    ['our words', {}],
    ['the project’s own', { receipt: 'We answer by {{answerBy}}.', acknowledgment: 'You hear by {{nextWordBy}}.' }],
  ])('promise nothing that falls in an absence of everybody, in %s', async (_whose, templates) => {
    const { people } = policyOf()
    const away = [
      { from: '2026-05-05', back: '2026-05-22' },
      { from: '2026-05-25', back: '2026-06-15' },
    ]
    const house = createHouse({ policy: policyOf({ templates, people: people.map((one) => ({ ...one, away })) }) })
    house.clock.moveTo(instant(Date.UTC(2026, 4, 6, 9, 0)))
    await house.receive()
    await house.drain()
    house.clock.moveTo(instant(Date.UTC(2026, 4, 22, 10, 0)))
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await house.drain()
    const texts = (await Promise.all(to(house, REPORTER).map(async ({ raw }) => parse(raw)))).map(({ text }) =>
      text.replaceAll('\n', ' '),
    )
    expect(texts).toEqual([
      expect.stringMatching(/answers? by Sat 23 May 2026, 09:00 UTC/u),
      expect.stringMatching(/by Tue 16 Jun 2026, 09:00 UTC/u),
    ])
  })

  it('are in the project’s own words on every path of a case, with every field filled', async () => {
    const all = (name: TemplateName): string => TEMPLATE_FIELDS[name].map((field) => `${field}={{${field}}}`).join('\n')
    const house = createHouse({
      policy: policyOf({ templates: Object.fromEntries(TEMPLATE_NAMES.map((name) => [name, all(name)])) }),
    })
    await untilPrenotified(house)
    const blob = await house.engine.commands.putBlob(CASE, new TextEncoder().encode('Which version?'))
    await submit(house, 'ana', { verb: 'reply.question', case: CASE, text: blob.blob, sha256: blob.sha256 })
    await submit(house, 'ana', { verb: 'reply.progress', case: CASE })
    await submit(house, 'ana', {
      verb: 'embargo.until',
      case: CASE,
      end: later(START, 100 * DAY),
      reason: 'the vendor',
    })
    await house.drain()
    await requestAndApprove(house, { verb: 'release.cancel', case: CASE, reason: 'the fix is wrong' })
    await house.drain()
    const mails = await Promise.all(house.relay.mails.map(async ({ raw }) => parse(raw)))
    const own = mails
      .filter(({ text: words }) => words.includes('project=Quillmark'))
      .toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
    const about = (subject: string): string => subject.replace(`[${CASE}] `, '')
    const empty = own.flatMap(({ subject, text: words }) =>
      [...words.matchAll(/^(\w+)=$/gmu)].map(([, field]) => `${about(subject)}: ${field}`),
    )
    expect([...new Set(empty)]).toEqual(MAY_BE_EMPTY)
    expect([...new Set(own.map(({ subject }) => about(subject)))]).toEqual([
      'A question about your report',
      'Another date for the end of the embargo?',
      'Please check the fix',
      'Progress of your report',
      'TLP:AMBER+STRICT the release is cancelled',
      'The planned date',
      'The planned date no longer holds',
      'We are handling your report',
      'We write the patch',
      'What we found',
      'Your report has arrived',
    ])
    expect(own.find(({ subject }) => subject.includes('A question'))?.text).toMatch(
      /^question=Which version\?\naskedAt=\w{3} \d+ May 2026/mu,
    )
    expect(own.find(({ subject }) => subject.includes('Progress of'))?.text).toContain('progress=The fix is ready')
  })

  it('are in the project’s own words if it has any, also in the copy that the reporter checks', async () => {
    const announcement = 'Ours.\n\n{{issues}}\n\n{{contact}}'
    const templates = { announcement, 'heads-up': 'Soon: {{releaseAt}}', thanks: 'Out.\n{{links}}\nCVE: {{cve}}' }
    const house = await disclosed(createHouse({ policy: policyOf({ templates }) }))
    const announced = await Promise.all(to(house, 'announce@quillmark.example').map(({ raw }) => parse(raw)))
    expect(announced.map(({ text: words }) => words.slice(0, 5))).toEqual(['Soon:', 'Ours.'])
    const checked = await Promise.all(to(house, REPORTER).map(({ raw }) => parse(raw)))
    expect(checked.find(({ subject }) => subject.includes('check what we will publish'))?.text).toContain('Ours.')
    expect(checked.at(-1)?.text).toMatch(/^Out\.\n/u)
  })

  it('reach a recipient and the public', async () => {
    const house = await disclosed()
    expect(await subjects(house, 'security@north.example')).toEqual([
      `[${CASE}] TLP:AMBER+STRICT embargoed security notice`,
      `[${CASE}] The embargo has ended`,
    ])
    expect(await subjects(house, 'announce@quillmark.example')).toEqual([
      'Heads-up: Quillmark security release on Tue 12 May 2026',
      'Quillmark 4.3 fixes a security issue (high)',
    ])
    expect(await subjects(house, 'oss-security@lists.example')).toEqual(['Quillmark before 4.3 path traversal'])
  })

  it('tell a recipient nothing about the others or the reporter', async () => {
    const house = await disclosed()
    for (const { raw } of to(house, 'security@north.example')) expect(text(raw)).not.toMatch(/south|rea@|Rea\b/u)
  })

  it('have no token of the case if the public can read them', async () => {
    const house = await disclosed()
    const mails = [...to(house, 'announce@quillmark.example'), ...to(house, 'oss-security@lists.example')]
    expect(mails).toHaveLength(3)
    for (const { raw, envelopeFrom, messageId } of mails) {
      const head = text(raw).split('\r\n\r\n')[0]
      expect(`${head} ${envelopeFrom} ${messageId}`).not.toMatch(/sec-2026-0001/iu)
    }
  })

  it('do not name the case in the heads-up, nor anything else that would lead to the vulnerability', async () => {
    const house = await disclosed()
    const [headsUp] = to(house, 'announce@quillmark.example')
    expect(text(headsUp?.raw ?? new Uint8Array())).not.toMatch(/sec-2026|CWE|CVE|template|traversal|Rea\b/iu)
  })

  it('name in public a reporter who wants to be named, and nobody else', async () => {
    for (const [credit, named] of [
      ['named', true],
      ['anonymous', false],
    ] as const) {
      const house = createHouse()
      await untilReady(house)
      await submit(house, 'ana', { verb: 'log-answer.credit', case: CASE, credit, name: 'Rea of Reporter' })
      await requestAndApprove(house, { verb: 'prenotify', case: CASE, at: RELEASE })
      house.clock.moveTo(RELEASE)
      await requestAndApprove(house, { verb: 'disclose', case: CASE })
      await house.drain()
      const announcement = to(house, 'announce@quillmark.example').at(-1)
      expect(text(announcement?.raw ?? new Uint8Array()).includes('Rea of Reporter')).toBe(named)
    }
  })

  it('have the words of a reply as they were written', async () => {
    const house = createHouse()
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    const { blob, sha256 } = await house.engine.commands.putBlob(
      CASE,
      new TextEncoder().encode('Which version was it?'),
    )
    await submit(house, 'ana', { verb: 'reply', case: CASE, text: blob, sha256 })
    await house.drain()
    const mails = await Promise.all(to(house, REPORTER).map(({ raw }) => parse(raw)))
    expect(mails.at(-1)?.text).toContain('Which version was it?')
    expect(mails.at(-1)?.inReplyTo).toHaveLength(1)
  })

  it('have a patch as the bytes whose hash they name', async () => {
    const house = createHouse()
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
    const { people } = house.engine.policy.policy
    await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to: people[1]?.id ?? 'reporter', branches: [] })
    // The byte order mark belongs to the bytes of the file, so the attachment must contain it.
    const bytes = new TextEncoder().encode('\uFEFFdiff --git a/x b/x\n+sane\n')
    const { blob, sha256 } = await house.engine.commands.putBlob(CASE, bytes)
    await submit(house, 'ben', { verb: 'patch', case: CASE, blob, sha256, fileName: 'fix.patch' })
    await house.drain()
    const mail = await parse(to(house, REPORTER).at(-1)?.raw ?? new Uint8Array())
    const [patch] = mail.attachments
    expect(patch?.content).toEqual(bytes)
  })

  it('do not ask about a patch that was replaced before the mail was sent', async () => {
    const house = createHouse()
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
    const { people } = house.engine.policy.policy
    await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to: people[1]?.id ?? 'reporter', branches: [] })
    await submitPatch(house, 'first')
    await submitPatch(house, 'second')
    await house.drain()
    const asked = (await subjects(house, REPORTER)).filter((subject) => subject.includes('check the fix'))
    expect(asked).toHaveLength(1)
    expect(house.events()).not.toContain('EffectParked')
    // The mail is recorded as withdrawn, so no list calls it sent.
    const told = [...house.memory.streams.values()].flat().map(({ event }) => event)
    expect(told.filter(({ type }) => type === 'MailWithdrawn')).toMatchObject([
      { letter: 'verification-request', because: 'The patch was replaced before the reporter was asked about it.' },
    ])
    expect(text(to(house, REPORTER).at(-1)?.raw ?? new Uint8Array())).toContain('second')
  })

  it('wait if a recipient may not be written to without a key', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const strict = policyOf()
    for (const list of strict.prenotification.lists) for (const recipient of list.recipients) delete recipient.plaintext
    const before = house.relay.mails.length
    const deps = { ...house.engine.deps, policy: { ...house.engine.deps.policy, policy: strict } }
    await house.drain(['mail'], { engine: { ...house.engine, deps } })
    expect(
      house.relay.mails
        .slice(before)
        .map(({ envelopeTo }) => envelopeTo)
        .toSorted(),
    ).toEqual(['announce@quillmark.example', REPORTER])
    expect((await house.engine.queries.world(CASE))?.release?.parked).toHaveLength(2)
  })

  it('have words for every disposition except spam', async () => {
    const answers: Record<string, readonly string[]> = {}
    for (const disposition of [
      'defense-in-depth',
      'info-only',
      'invalid',
      'already-fixed',
      'out-of-scope',
      'other-vendor',
      'spam',
    ] as const) {
      const house = createHouse()
      await house.receive()
      await submit(house, 'ana', {
        verb: 'triage',
        case: CASE,
        disposition,
        severity: 'low',
        reason: 'The words of the team.',
        contact: 'security@inkwell.example',
      })
      await house.drain()
      answers[disposition] = (await subjects(house, REPORTER)).filter((subject) => subject.includes('What we found'))
    }
    const silent = Object.entries(answers).filter(([, letters]) => letters.length === 0)
    expect(silent.map(([disposition]) => disposition)).toEqual(['spam'])
  })
})

describe('the mail to a person who is invited to a case', () => {
  const CARO = 'caro@vendor.example'
  const mailed = async (
    platforms: readonly Platform[],
    accounts: Partial<Record<'slack' | 'discord' | 'osUser', string>>,
    roots: Roots = {},
  ): Promise<string> => {
    const policy = policyOf()
    const caro: Person = Policy.shape.people.element.parse({
      id: 'caro',
      name: 'Caro',
      roles: ['maintainer'],
      mail: CARO,
      ...accounts,
    })
    const house = createHouse({
      policy: { ...policy, platforms: [...platforms], people: [...policy.people, caro] },
      roots,
    })
    await house.receive()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'people.invite', case: CASE, person: caro.id, role: 'maintainer' })
    await house.drain(['slack', 'discord', 'mail'])
    const [mail] = to(house, CARO)
    const [, said = ''] =
      /To agree, run (.*?); to decline/s.exec(mail === undefined ? '' : (await parse(mail.raw)).text) ?? []
    return said.replaceAll(/\s+/g, ' ')
  }
  const DISCORD = '810000000000000007'

  it.each([
    ['in Slack', ['slack'], { slack: 'U0CARO' }, {}, `"/cvd people join ${CASE}" in Slack`],
    [
      'where the commands are renamed',
      ['slack'],
      { slack: 'U0CARO' },
      { slack: 'sec' },
      `"/sec people join ${CASE}" in Slack`,
    ],
    ['in Discord', ['discord'], { discord: DISCORD }, {}, `"/cvd people join ${CASE}" in Discord`],
    [
      'with one account, where the team has two platforms',
      ['slack', 'discord'],
      { discord: DISCORD, osUser: 'caro' },
      {},
      `"/cvd people join ${CASE}" in Discord, or "embargo ${CASE} people join" in a terminal`,
    ],
    [
      'with no account yet',
      ['slack', 'discord'],
      {},
      {},
      `"/cvd people join ${CASE}" in Slack, or "/cvd people join ${CASE}" in Discord`,
    ],
  ] as const)('says what can be typed %s', async (_where, platforms, accounts, roots, expected) => {
    expect(await mailed(platforms, accounts, roots)).toBe(expected)
  })
})
