import { describe, expect, it } from 'vitest'
import { policyOf } from './policy.ts'
import { SmallHouse } from './small-house.ts'

const CHAT = { archiveAfter: '30 days', transcript: 'not-kept' } as const

type Shown = { readonly sender: 'name-and-address' | 'name' | 'nothing'; readonly mailText: 'shown' | 'on-request' }

/** The whole card as a platform gets it, quotes and all. */
async function reportWith(chat: Shown): Promise<string> {
  const house = new SmallHouse({ policy: policyOf('team', { chat: { ...CHAT, ...chat } }) }).opens()
  return JSON.stringify(await house.lastCard('report'))
}

describe('what a channel shows of a report', () => {
  it('is all of it by default', async () => {
    const card = await reportWith({ sender: 'name-and-address', mailText: 'shown' })
    for (const part of ['Rafi', 'rafi@reporter.example', 'Path traversal', '../../etc/passwd', 'poc.txt'])
      expect(card).toContain(part)
  })

  it('is no address where the policy shows the name alone, and no name where it shows nothing', async () => {
    const name = await reportWith({ sender: 'name', mailText: 'on-request' })
    expect(name).toContain('Rafi')
    expect(name).not.toContain('rafi@reporter.example')
    const nobody = await reportWith({ sender: 'nothing', mailText: 'on-request' })
    expect(nobody).not.toMatch(/rafi/i)
    expect(nobody).toContain('not shown here')
  })

  it('is none of its words where they are read on request, and says where', async () => {
    const card = await reportWith({ sender: 'name-and-address', mailText: 'on-request' })
    for (const part of ['Path traversal', 'etc/passwd', 'poc.txt']) expect(card).not.toContain(part)
    expect(card).toContain('reads it in the terminal')
  })
})
