import { describe, expect, it } from 'vitest'
import { ANA, BEN } from '@embargo/testkit/policy'
import { DANA, NORTH, teamOfThree } from './house/policy.ts'
import { playPublication } from './house/steps.ts'
import { weekTest } from './house/week.ts'

/** A word that is in everything that the reporter sends, and in everything that the team types in the terminal. */
const PLANTED = 'xyzzyplanted'

const CHAT = { archiveAfter: '30 days', transcript: 'not-kept' } as const

const POLICY = teamOfThree({
  chat: { ...CHAT, content: 'metadata' },
  platforms: ['slack', 'discord'],
  people: [ANA, BEN, DANA].map((person, index) => ({ ...person, discord: `10000000000000000${index}` })),
})

const PATCH = `--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+${PLANTED}\n`

describe('a team that keeps the content of its cases out of chat', () => {
  it(
    'works a whole case by the same commands, reads it in the terminal, and neither platform ever holds a word of it',
    weekTest(
      async (week) => {
        const { ana, ben, somebody, channel, time, terminal, slack, discord } = week
        const robin = somebody(`Robin ${PLANTED}`, `${PLANTED}@sample.example`)
        await robin.mails({ subject: `${PLANTED} reads files`, text: `Hello,\n\n${PLANTED}\n\nRobin\n` })
        expect(channel().text()).toMatch(
          /From {2}a reporter.*The report: \d+ characters in \d+ lines, not shown here/su,
        )
        await ana.types('/ack')
        await ana.types('/cvd triage valid high CWE-22')
        await ana.types('/cvd triage affects main --fixed-version 9.9 < 9.9')
        await ana.types('/assign-patch <@U0BEN>')
        expect(await terminal('ana', 'read')).toContain(`${PLANTED} reads files`)
        expect(await terminal('ben', 'patch', `submit main --file ${PLANTED}.patch ${PATCH}`)).toContain('Submitted')
        await terminal('ana', 'advisory', `"the ${PLANTED}" "By doing ${PLANTED}, an attacker may read files."`)
        await robin.answers(`I have tried it: ${PLANTED} is gone.\n`)
        await ana.types('/cvd log-answer last fixed main')
        await terminal('ana', 'log-answer', `last credit-named Robin ${PLANTED}`)
        await time.comes('2026-06-08T09:00Z')
        await ana.asksForASecond('/prenotify 2026-06-16 14:00')
        expect(await terminal('ben', 'approve')).toContain(PLANTED)
        await ben.approves()
        expect(somebody('North', NORTH).news().join('\n')).toContain(PLANTED)
        await playPublication(week)
        expect(channel().card()).toContain('· disclosed')
        expect(robin.news().join('\n')).toContain(PLANTED)

        // Before a person writes a long text, the form warns that the text passes through the chat platform.
        expect(await ana.types('/cvd reply')).toContain('Passes through the chat platform')
        const inDiscord = discord?.person('100000000000000000')
        const [there] = inDiscord?.channels.filter(({ name }) => name === 'sec-2026-0001') ?? []
        await inDiscord?.command('/reply', {}, there?.id ?? '')
        expect(JSON.stringify(inDiscord?.modal)).toContain('Passes through the chat platform')

        for (const record of [slack.state.everything(), discord?.state.everything() ?? '']) {
          expect(record).toContain('SEC-2026-0001')
          expect(record).toContain('not shown here')
          expect(record.toLowerCase()).not.toContain(PLANTED)
        }
      },
      { policy: POLICY },
    ),
  )

  it(
    'merges a hidden case into a shown one and sees there what waits, and chat still never holds a word of the hidden case',
    weekTest(
      async (week) => {
        const { ana, somebody, channel, slack, terminal } = week
        const holdsNone = () => expect(slack.state.everything().toLowerCase()).not.toContain(PLANTED)
        await somebody('Low', 'low@sample.example').mails({ subject: 'a small thing', text: 'a small thing' })
        await ana.types('/ack')
        await ana.types('/cvd triage valid low CWE-22')
        const robin = somebody(`Robin ${PLANTED}`, `${PLANTED}@sample.example`)
        await robin.mails({ subject: `${PLANTED} reads files`, text: `Hello,\n\n${PLANTED}\n\nRobin\n` })
        await robin.mails({ subject: `${PLANTED} writes files`, text: `Hello,\n\n${PLANTED}\n\nRobin\n` })
        expect(await ana.types('/cvd open waiting', channel(1))).toMatch(/1 new report waits.*not shown here/su)
        holdsNone()
        await ana.types('/ack', channel(2))
        await ana.types('/cvd triage valid critical CWE-22', channel(2))
        expect(await ana.typesAndPresses('/cvd triage duplicate SEC-2026-0001', 'Merge', channel(2))).toContain(
          'is now part of',
        )
        expect(channel(1).text()).toContain('Read it in the terminal: embargo SEC-2026-0001 read')
        await robin.answers(`I have tried it: ${PLANTED}.\n`)
        expect(channel(1).text()).toMatch(/the reporter of r2 writes.*The mail: \d+ characters/su)
        holdsNone()
        expect(await terminal('ana', 'read')).toContain(`${PLANTED} reads files`)
      },
      {
        policy: teamOfThree({
          chat: { ...CHAT, content: 'metadata-from-high' },
          intake: { lists: 'open', newCases: 4 },
        }),
        operatorIsTold: /a mail waits/u,
      },
    ),
  )
})
