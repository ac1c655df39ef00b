import { describe, expect, it } from 'vitest'
import { lifts } from './working-lifts.ts'
import { linePlayed, titled } from './play.ts'
import { ENTRIES } from './rows.ts'

/** The whole way to a publication, or to a list that is told. */
const MORE_STEPS = 'more steps than are played'

/** Lines of the tables whose state has not what a lift needs, and what that is. */
const NOT_AT_HAND: Readonly<Record<string, string>> = {
  'triage: it is a duplicate of nothing': 'another case',
  'triage.duplicate: the earlier case is closed': 'a third case, which came earlier and is open',
  'release.add: there is no such release': 'a release that is planned',
  'prenotify: a list keeps no secret for so long': 'a list that may keep a secret for as long as it is promised',
  'approve: it takes a second admin': 'a second admin',
  'embargo.until: it is longer than they agree on alone': 'a second admin',
  'embargo.accept: it is longer than they agree on alone': 'a second admin',
  'people.remove: nobody would be left': 'somebody else in the policy',
  'people.conflict: nobody would be left': 'somebody else in the policy',
  'signal.wrong: nobody said it': 'a signal that waits',
  'signal.wrong: nobody said it of them': 'a signal that waits',
  'log-answer: it is a date for a secret that is out': MORE_STEPS,
  'embargo.until: it is public': MORE_STEPS,
  'embargo.until: attacks are observed': MORE_STEPS,
  'embargo.accept: it is public': MORE_STEPS,
  'embargo.extend: it is public': MORE_STEPS,
  'done.advisory-published: its embargo is in force': MORE_STEPS,
  'cve.published: its embargo is in force': MORE_STEPS,
  'reply: it is for recipients, and none was told': MORE_STEPS,
  'reply: it is for another vendor, and nothing was forwarded': MORE_STEPS,
  'disclose.interim: the leak that ended the embargo was none': MORE_STEPS,
  'retro: it is neither public nor closed': 'the end of the case',
}

/** What of a refusal's lifts lifts nothing, in words. */
function dead(verb: string, played: Parameters<typeof lifts>[0]): readonly string[] {
  const refusal = played.scenario.refused(played.request, played.actor)
  return refusal.liftedBy.filter((one) => !lifts(played, refusal, one)).map(({ who, how }) => `${verb}: ${who} ${how}`)
}

describe.each(ENTRIES.filter(([, { refused }]) => refused.length > 0))(
  'what a refusal of /%s names',
  (verb, { refused, ...row }) => {
    it.each(titled(refused))('lifts it: %s', (title, line) => {
      const found = dead(verb, linePlayed({ refused, ...row }, line))
      // A line that is listed and whose lifts all work needs no listing.
      if (`${verb}: ${title}` in NOT_AT_HAND) expect(found).not.toEqual([])
      else expect(found).toEqual([])
    })
  },
)

describe('a line whose state has not what its lift needs', () => {
  it('is one of the tables', () => {
    const lines = ENTRIES.flatMap(([verb, { refused }]) => titled(refused).map(([title]) => `${verb}: ${title}`))
    expect(Object.keys(NOT_AT_HAND).filter((one) => !lines.includes(one))).toEqual([])
  })
})
