import { actorOf, later, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createPrivateReports, Outages, OutsideError } from '../../src/index.ts'
import type { AdvisoryState, HostedAdvisory, PrivateReports, Settings } from '../../src/index.ts'
import { addressIn } from '../../src/intake/private-report-mail.ts'
import { createMemorySettings } from '../fakes/small-ports.ts'
import { CASE, createHouse, START } from '../house.ts'
import type { House } from '../house.ts'

const REPOSITORY = { owner: 'quillmark', name: 'quillmark' }
const linkOf = (ghsa: string): string => `https://github.com/quillmark/quillmark/security/advisories/${ghsa}`

const advisory = (over: Partial<HostedAdvisory> = {}): HostedAdvisory => {
  const ghsa = over.ghsa ?? 'GHSA-2222-3333-4444'
  return {
    ghsa,
    state: 'triage',
    link: linkOf(ghsa),
    summary: 'Rendering reads any file: überall',
    description: '### Details\nA crafted include does.',
    author: 'robin',
    isReport: true,
    createdAt: later(START, MINUTE),
    revision: 'r',
    ...over,
  }
}

type Desk = {
  readonly house: House
  readonly reports: PrivateReports
  readonly hosted: HostedAdvisory[]
  readonly outages: Outages
  /** If set, every reading fails with this error. */
  failure: OutsideError | undefined
}

/** An engine on fakes, to which a repository with these advisories was connected at `START`. */
async function connected(
  hosted: HostedAdvisory[] = [],
  { house = createHouse(), settings = createMemorySettings() }: { house?: House; settings?: Settings } = {},
): Promise<Desk> {
  const host = {
    list: async (_repository: object, states: readonly AdvisoryState[]) => {
      if (desk.failure !== undefined) throw desk.failure
      return hosted.filter(({ state }) => states.includes(state))
    },
  }
  const outages = new Outages(() => house.clock.now())
  const repositories = [{ project: 'quillmark', repository: REPOSITORY }]
  const reports = createPrivateReports({ engine: house.engine, host, settings, repositories, outages })
  const desk: Desk = { house, reports, hosted, outages, failure: undefined }
  await reports.poll()
  await house.takeIn()
  return desk
}

async function pollAgain({ house, reports }: Desk): Promise<void> {
  await reports.poll()
  await house.takeIn()
}

const cases = ({ memory }: House): readonly string[] => [...memory.streams.keys()].filter((id) => id.startsWith('SEC-'))

describe('a private report', () => {
  it('neither bars the team member whose address is in its text, nor takes that address for the author’s', async () => {
    const desk = await connected()
    desk.hosted.push(advisory({ description: 'A crafted include does.\n\nMail: ben@quillmark.example' }))
    await pollAgain(desk)
    const state = await desk.house.caseState()
    const [report] = state.reports
    expect(report).toMatchObject({ answerable: false })
    expect(report?.person).toBeUndefined()
    expect(report?.identity.value?.address).toBe('robin@users.noreply.github.com')
    expect(Object.keys(state.people)).toContain('ben')
  })

  it('opens a case that has its advisory, its author and its text', async () => {
    const desk = await connected()
    desk.hosted.push(advisory())
    await pollAgain(desk)
    const state = await desk.house.caseState()
    expect(state.advisoryLink?.opened).toMatchObject({ link: linkOf('GHSA-2222-3333-4444'), revision: 'r' })
    const [report] = state.reports
    expect(report).toMatchObject({ answerable: false, advisory: linkOf('GHSA-2222-3333-4444') })
    expect(report?.identity.value).toEqual({
      name: 'robin',
      address: 'robin@users.noreply.github.com',
      login: 'robin',
    })
    expect(state.messages[0]?.checks?.domain).toEqual({ is: 'account', at: 'github.com' })
    const [mail] = await desk.house.spool.list({ limit: 1 })
    const read = mail && (await desk.house.engine.deps.readMail(mail.id))
    expect(read).toMatchObject({ subject: 'Rendering reads any file: überall' })
    expect(read?.text).toContain('### Details\nA crafted include does.')
  })

  it('opens only one case, however often it arrives by webhook and by poll', async () => {
    const desk = await connected()
    const { reports, house, hosted } = desk
    expect(await reports.take(REPOSITORY, advisory())).toBe(true)
    expect(await reports.take(REPOSITORY, advisory())).toBe(true)
    await house.takeIn()
    // The author has changed the report since it was stored.
    hosted.push(advisory({ description: 'Two includes do.' }))
    await pollAgain(desk)
    await pollAgain(desk)
    expect(cases(house)).toEqual([CASE])
  })

  it.each(['mail-placed-before-case', 'mail-in-case'] as const)(
    'opens one case if the program dies at %s',
    async (at) => {
      const desk = await connected()
      await desk.reports.take(REPOSITORY, advisory())
      const dies = async (name: string): Promise<void> => {
        if (name === at) throw new Error('the program dies here')
      }
      await desk.house.takeIn({ crashPoint: dies })
      desk.hosted.push(advisory())
      await pollAgain(desk)
      expect(cases(desk.house)).toEqual([CASE])
    },
  )

  it('that somebody accepted at the host before it was read opens a case too', async () => {
    const desk = await connected()
    desk.hosted.push(advisory({ state: 'draft' }))
    await pollAgain(desk)
    expect(cases(desk.house)).toEqual([CASE])
  })

  it('is answered by mail if it names a mail address, and gets no mail otherwise', async () => {
    const desk = await connected()
    desk.hosted.push(advisory({ description: 'An include does.\n\nMail: robin@sample.example\n' }))
    await pollAgain(desk)
    await desk.house.drain()
    expect(desk.house.relay.mails.map(({ envelopeTo }) => envelopeTo)).toEqual(['robin@sample.example'])
    desk.hosted.push(advisory({ ghsa: 'GHSA-5555-6666-7777' }))
    await pollAgain(desk)
    await desk.house.drain()
    expect(desk.house.relay.mails).toHaveLength(1)
  })
})

describe('what a newly connected repository already contains', () => {
  const old = { createdAt: later(START, -MINUTE) }

  it('waits for a person: reports and drafts', async () => {
    const { house } = await connected([
      advisory(old),
      advisory({ ...old, ghsa: 'GHSA-5555-6666-7777', state: 'draft', isReport: false }),
      advisory({ ...old, ghsa: 'GHSA-8888-9999-cccc', state: 'published', isReport: false }),
    ])
    expect(cases(house)).toEqual([])
    expect(await house.spool.countHeld()).toBe(2)
    const actor = actorOf(house.engine.policy.policy, 'slack', 'UANA')
    const mails = (await house.spool.held(1)).map(({ id }) => id)
    await house.engine.commands.decideHeld({ actor, as: 'open', mails })
    await house.takeIn()
    expect((await house.caseState()).advisoryLink?.opened?.link).toBe(linkOf('GHSA-2222-3333-4444'))
    expect(await house.spool.countHeld()).toBe(1)
  })

  it('still counts as old after a crash before the first reading ended', async () => {
    const settings = createMemorySettings()
    await connected([], { settings })
    const house = createHouse()
    house.clock.moveTo(later(START, 10 * MINUTE))
    const desk = await connected([advisory(old), advisory({ ghsa: 'GHSA-5555-6666-7777' })], { house, settings })
    expect([cases(desk.house), await desk.house.spool.countHeld()]).toEqual([[CASE], 1])
  })
})

describe('a repository that cannot be read', () => {
  it('is reported at once if a person must change something, and again when it is read', async () => {
    const desk = await connected()
    desk.failure = new OutsideError('refused', 'GitHub does not accept our token.', { forAPerson: true })
    await desk.reports.poll()
    expect(desk.outages.find('private-reports')).toMatchObject({
      why: 'quillmark/quillmark: GitHub does not accept our token.',
      passing: false,
    })
    desk.failure = undefined
    await desk.reports.poll()
    expect(desk.outages.find('private-reports')).toBeUndefined()
  })

  it('is reported only if the failure lasts, when the failure may be temporary', async () => {
    const desk = await connected()
    desk.failure = new OutsideError('unreachable', 'GitHub cannot be reached.', { away: true })
    await desk.reports.poll()
    expect(desk.outages.find('private-reports')).toBeUndefined()
    desk.house.wait(6 * MINUTE)
    await desk.reports.poll()
    expect(desk.outages.find('private-reports')?.passing).toBe(true)
  })
})

describe('what is no private report', () => {
  it('a draft that the team or this program opened later opens no case', async () => {
    const desk = await connected()
    desk.hosted.push(advisory({ state: 'draft', isReport: false }))
    await pollAgain(desk)
    expect([cases(desk.house), await desk.house.spool.countHeld()]).toEqual([[], 0])
  })

  it('a report for a repository that belongs to no project opens no case', async () => {
    const { reports, house } = await connected()
    await reports.take({ owner: 'quillmark', name: 'other' }, advisory())
    await house.takeIn()
    expect(cases(house)).toEqual([])
    expect(house.log.lines.map(({ message }) => message)).toContain(
      'a private report came for a repository that no project has',
    )
  })
})

describe('attacks by a private report', () => {
  it('a summary that writes headers', async () => {
    const desk = await connected()
    desk.hosted.push(advisory({ summary: 'x\r\nReply-To: evil@attacker.example\r\n\r\nbody', author: 'a\r\nb' }))
    await pollAgain(desk)
    const [id] = (await desk.house.spool.list({ limit: 1 })).map((mail) => mail.id)
    const mail = id && (await desk.house.spool.find(id))
    const [head] = new TextDecoder().decode(mail?.raw).split('\r\n\r\n')
    expect(head).toMatch(/^From: unknown <unknown@users\.noreply\.github\.com>\r\n/)
    expect(head).not.toContain('Reply-To')
  })

  it('a mail in the form of a private report is a mail', async () => {
    const house = createHouse()
    await house.receive({ from: 'robin <robin@users.noreply.github.com>', subject: 'Rendering reads any file' })
    const state = await house.caseState()
    expect([state.advisoryLink, state.reports[0]?.advisory]).toEqual([undefined, undefined])
  })

  it.each([
    ['Mail: robin@sample.example', 'robin@sample.example'],
    ['> E-Mail: <robin@sample.example>', 'robin@sample.example'],
    ['It mails root@server.example when it starts', undefined],
    ['Mail: a@sample.example\nMail: b@sample.example', undefined],
    ['Mail: robin@sample.example\nmail: ROBIN@sample.example', 'robin@sample.example'],
  ])('an address in %j', (description, address) => {
    expect(addressIn(description)).toBe(address)
  })
})
