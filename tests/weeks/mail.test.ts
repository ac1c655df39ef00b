import { describe, expect, it } from 'vitest'
import { NORTH, SOUTH } from './house/policy.ts'
import { prenotified } from './house/steps.ts'
import { aWeek } from './house/week.ts'

describe('a mail that does not arrive', () => {
  it(
    'a recipient’s server refuses the word that the embargo is over: the publication waits for a person, and says for whom',
    aWeek(
      async (week) => {
        await prenotified(week)
        const { ana, ben, relay, time, channel, robin, mailsThatLeft } = week
        await time.comes('2026-06-16T14:00Z')
        relay.faults.push({ is: 'reply', code: 550, text: 'No such user', to: NORTH })
        await ana.asksForASecond('/disclose')
        await ben.approves()
        const news = channel().news()
        expect(news).toMatch(/✗ recipients told that the embargo is over · failed/u)
        expect(channel().card()).toMatch(
          /Not mailed {2}note that the embargo is over to distros\/north: The relay refused the mail/u,
        )
        expect(channel().card()).toMatch(/Next {2}Ana: see to embargo-lifted, which did not go out/u)
        expect(robin.news()).toEqual([])
        await ana.types('/cvd settle 1 went')
        expect(robin.news()).toHaveLength(1)
        expect(channel().text()).toContain('Disclosed. Every step of the publication is done.')
        expect(mailsThatLeft().filter((mail) => mail.startsWith(SOUTH))).toHaveLength(2)
      },
      { operatorIsTold: /an effect failed/u },
    ),
  )
})
