import { DAY } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createSecurityTxtExpiry, Outages } from '../../src/index.ts'
import { createHouse, policyOf } from '../house.ts'

function watched(expires: string | undefined) {
  const plain = policyOf()
  const projects = plain.projects.map((one) => ({ ...one, securityTxt: { expires } }))
  const house = createHouse({ policy: { ...plain, projects } })
  const outages = new Outages(() => house.clock.now())
  const { look } = createSecurityTxtExpiry({ engine: house.engine, outages })
  const said = (): readonly string[] => {
    look()
    return outages.all.map(({ what, why }) => `${what}: ${why}`)
  }
  return { house, said }
}

describe('the security.txt of a project', () => {
  it('is not mentioned more than 30 days before it expires, or without a date', () => {
    expect(watched('2026-06-05').said()).toEqual([])
    expect(watched(undefined).said()).toEqual([])
  })

  it('is mentioned within 30 days, with what to do, and after it expired', () => {
    const { house, said } = watched('2026-06-01')
    expect(said()).toEqual([
      'security-txt: The security.txt of quillmark expires on Mon 1 Jun 2026: put a new one on the website (embargo init security-txt quillmark), and its date into the policy.',
    ])
    house.wait(30 * DAY)
    expect(said()).toEqual([expect.stringContaining('expired on Mon 1 Jun 2026')])
  })
})
