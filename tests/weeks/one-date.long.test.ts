import { describe, expect, it } from 'vitest'
import { ANNOUNCE, NORTH, OSS_SECURITY, SECURITY, teamOfThree } from './house/policy.ts'
import { submitPatch } from './house/steps.ts'
import { weekTest } from './house/week.ts'
import type { Week } from './house/week.ts'
import type { Writer } from './house/writer.ts'

const threeBranches = teamOfThree({
  projects: [
    {
      id: 'quillmark',
      name: 'Quillmark',
      address: SECURITY,
      cve: 'none',
      branches: [{ name: 'main' }, { name: '4.2' }, { name: '3.9' }],
      announce: ANNOUNCE,
      ossSecurity: OSS_SECURITY,
    },
  ],
})

const RELEASE = 'REL-SEC-2026-06-16'

/** Somebody reports, and the patch for one branch is verified. The new case's channel becomes the newest channel. */
async function readyOn(week: Week, branch: string, reporter: Writer): Promise<void> {
  const { ana } = week
  await reporter.mails({ subject: `A hole in ${branch}`, text: `Hello,\n\n${branch} can be made to read any file.\n` })
  await ana.types('/ack')
  await ana.types('/cvd triage valid high CWE-22 It can be seen here too.')
  await ana.types(`/cvd triage affects ${branch} --fixed-version ${branch}.9 < ${branch}.9`)
  await ana.types('/assign-patch <@U0BEN>')
  await submitPatch(week, branch)
  await ana.fillsIn('/cvd advisory', {
    Component: `the reader of ${branch}`,
    'Impact, in one sentence': 'By rendering a crafted document, an attacker may read files of the server.',
  })
  await verified(week, branch, reporter)
}

/** Verifies a patch. If the reporter was asked to check it, the reporter verifies it. Otherwise Ana does. */
async function verified(week: Week, branch: string, reporter: Writer, channel = week.channel()): Promise<void> {
  const asked = reporter.news().some((mail) => mail.includes('Please check the fix'))
  if (!asked) {
    await week.ana.types(`/confirm yes ${branch}`, channel)
    return
  }
  await reporter.answers('The patch fixes it.\n')
  await week.ana.types(`/cvd log-answer last fixed ${branch}`, channel)
}

/**
 * Three cases, for three branches, are in the release of Tuesday 16 June. The recipient North has the patches of all
 * three.
 */
async function threePrenotified(week: Week): Promise<readonly Writer[]> {
  const { ana, ben, robin, somebody, channel, time } = week
  const reporters = [robin, somebody('Sam', 'sam@sample.example'), somebody('Toni', 'toni@sample.example')]
  for (const [index, branch] of ['main', '4.2', '3.9'].entries()) {
    const reporter = reporters[index]
    if (reporter !== undefined) await readyOn(week, branch, reporter)
  }
  await ana.types('/cvd release plan 2026-06-16', channel(1))
  await ana.types(`/cvd release add ${RELEASE}`, channel(2))
  await ana.types(`/cvd release add ${RELEASE}`, channel(3))
  await time.comes('2026-06-08T09:00Z')
  await ana.asksForASecond('/prenotify', channel(1))
  await ben.approves(channel(1))
  for (const reporter of reporters) reporter.news()
  for (const number of [1, 2, 3]) channel(number).news()
  return reporters
}

describe('a release of three cases', () => {
  it(
    'notifies each recipient once, and is shown on every card',
    weekTest(
      async (week) => {
        await threePrenotified(week)
        const { channel, mailsThatLeft } = week
        const told = mailsThatLeft().filter((mail) => mail.startsWith(NORTH))
        expect(told).toEqual([expect.stringContaining('[SEC-2026-0001, SEC-2026-0002, SEC-2026-0003] TLP:AMBER')])
        for (const number of [1, 2, 3])
          expect(channel(number).card()).toMatch(/· pre-notified .*disclose\non Tue 16 Jun, 14:00 UTC/su)
      },
      { policy: threeBranches },
    ),
  )

  it(
    'approved the day before begins automatically at its instant, and nothing is public earlier',
    weekTest(
      async (week) => {
        await threePrenotified(week)
        const { ana, ben, channel, time, mailsThatLeft } = week
        await time.comes('2026-06-15T15:00Z')
        await ana.asksForASecond('/disclose', channel(1))
        await ben.approves(channel(1))
        expect(channel(1).news()).toContain('The publication is approved and begins')
        const before = mailsThatLeft().length
        await time.comes('2026-06-16T13:59Z')
        expect(
          mailsThatLeft()
            .slice(before)
            .filter((mail) => mail.startsWith(ANNOUNCE)),
        ).toEqual([])
        await time.comes('2026-06-16T14:00Z')
        expect(
          mailsThatLeft()
            .slice(before)
            .filter((mail) => mail.startsWith(ANNOUNCE)),
        ).toHaveLength(1)
        expect(channel(3).card()).toContain('disclosed')
      },
      { policy: threeBranches },
    ),
  )

  it(
    'loses one case the day before: everyone who was notified learns of it, the heads-up is corrected, and the others are published',
    weekTest(
      async (week) => {
        const [robin, sam, toni] = await threePrenotified(week)
        const { ana, ben, somebody, channel, time } = week
        const [north, readers] = [somebody('North', NORTH), somebody('Readers', ANNOUNCE)]
        await time.comes('2026-06-15T13:00Z')
        for (const one of [north, readers]) one.news()
        await ana.asksForASecond('/cvd release drop the patch for 4.2 breaks login', channel(2))
        await ben.approves(channel(2))
        expect(north.news()).toEqual([
          expect.stringMatching(/\[SEC-2026-0002\] .*taken out of the release.*The embargo on SEC-2026-0002 goes on/su),
        ])
        expect(readers.news()).toEqual([expect.stringContaining('fixes two security issues, not three')])
        expect(sam?.news()).toEqual([expect.stringContaining('[SEC-2026-0002] The planned date no longer holds')])
        expect([...(robin?.news() ?? []), ...(toni?.news() ?? [])]).toEqual([])
        expect(channel(2).card()).toMatch(/Embargo ends Mon 31 Aug/u)

        await time.comes('2026-06-15T15:00Z')
        await ana.asksForASecond('/disclose', channel(1))
        await ben.approves(channel(1))
        expect(await ben.types('/cvd hold 3.9 does not build', channel(3))).toMatch(
          /on hold.*Sent already, and cannot be called back:.*pre-notification.*heads-up/su,
        )
        await time.comes('2026-06-16T14:00Z')
        expect([...north.news(), ...readers.news()]).toEqual([])
        await ana.asksForASecond('/cvd hold off', channel(1))
        await ben.approves(channel(1))
        await ana.asksForASecond('/disclose', channel(1))
        await ben.approves(channel(1))
        const [announced] = readers.news()
        expect(announced).toContain('the reader of main')
        expect(announced).toContain('the reader of 3.9')
        expect(announced).not.toContain('the reader of 4.2')
        expect(north.news()).toEqual([expect.stringContaining('SEC-2026-0002 is not part of this release')])
        expect(channel(2).card()).not.toContain('disclosed')
      },
      { policy: threeBranches },
    ),
  )
})
