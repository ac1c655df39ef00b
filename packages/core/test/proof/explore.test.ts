import { describe, expect, it } from 'vitest'
import { STAGES } from '../../src/index.ts'
import { onTheMainLine } from '../../src/policy/check/check-policy.ts'
import { explore } from '../../src/policy/check/explore.ts'
import { arenaOf, inWordsOf } from './arenas.ts'
import type { ArenaName } from './arenas.ts'
import { checks } from './checks.ts'
import { looks } from './looks.ts'

/**
 * One branch, and a reporter of each kind once. Every command is asked and checked at every place; what those of the main
 * line lead to is explored further. The whole of it is `npm run prove`.
 */
const REDUCED: readonly ArenaName[] = [
  { profile: 'team', reporter: 'reachable' },
  { profile: 'solo', reporter: 'silent' },
  { profile: 'organisation', reporter: 'absent' },
]

describe('every place that a case can come to', () => {
  it.each(REDUCED.map((name) => [inWordsOf(name), name] as const))(
    'keeps every rule and can be brought to its end (%s)',
    { timeout: 900_000 },
    (words, name) => {
      const { places, transitions, findings, stages, stuck, whole } = explore({
        arena: arenaOf(name, 1),
        checks,
        looks,
        follows: onTheMainLine,
      })

      console.log(`${words}: ${places} places, ${transitions} ways between them`)
      expect(findings).toEqual([])
      expect({ stuck, whole }).toEqual({ stuck: 0, whole: true })
      expect([...stages.keys()].toSorted()).toEqual([...STAGES].filter((stage) => stage !== 'rejected').toSorted())
    },
  )
})
