import { PersonId } from '@embargo/core'
import { parse } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { submit, PATCH, replyTo } from '../story.ts'

/** The words with which any letter asks for secrecy. */
const ASKS = [
  /keep (?:this|it|code|what you have|the patches)\b/iu,
  /do not put it anywhere public/iu,
  /never in public/iu,
  /under (?:the )?embargo/iu,
  /publish nothing/iu,
  /tell nobody/iu,
  /before you (?:tell others|write about it)/iu,
]

const textsSince = async (house: House, before: number): Promise<readonly (readonly [string, string])[]> =>
  Promise.all(
    house.relay.mails.slice(before).map(async ({ raw }) => {
      const { subject, text } = await parse(raw)
      return [subject, text.replaceAll(/\s+/gu, ' ')] as const
    }),
  )

/** Opens a case and continues it in public, because the reporter has agreed to this. */
async function opened(house: House): Promise<number> {
  await house.receive()
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await house.drain()
  await house.receive({ to: replyTo(house), body: 'Let us go on in public.' })
  const message = (await house.caseState()).messages.at(-1)?.message
  if (message === undefined) throw new Error('no answer')
  await submit(house, 'ana', { verb: 'log-answer', case: CASE, message, answer: { about: 'open', agreed: true } })
  await submit(house, 'ana', { verb: 'embargo.open', case: CASE })
  await house.drain()
  return house.relay.mails.length
}

async function submits(house: House): Promise<void> {
  const { blob, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(PATCH))
  await submit(house, 'ben', { verb: 'patch', case: CASE, blob, sha256, fileName: 'fix.patch' })
}

async function accepts(house: House, to: PersonId | 'reporter'): Promise<void> {
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  await submit(house, 'ana', { verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
  await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to, branches: [] })
}

const ben = PersonId.parse('ben')

const AFTERWARDS: readonly (readonly [string, (house: House) => Promise<void>])[] = [
  [
    'the team writes the patch, and the reporter checks it',
    async (house) => {
      await accepts(house, ben)
      await submits(house)
      await submit(house, 'ana', { verb: 'reply.progress', case: CASE })
    },
  ],
  [
    'the reporter writes the patch',
    async (house) => {
      await house.receive({ to: replyTo(house), body: 'I write it.' })
      const message = (await house.caseState()).messages.at(-1)?.message
      if (message === undefined) throw new Error('no answer')
      const answer = { about: 'patch-offer', willing: true } as const
      await submit(house, 'ana', { verb: 'log-answer', case: CASE, message, answer })
      await accepts(house, 'reporter')
    },
  ],
  [
    'it is another vendor’s',
    async (house) =>
      submit(house, 'ana', {
        verb: 'triage',
        case: CASE,
        disposition: 'other-vendor',
        vendor: 'Parsley',
        contact: 'security@parsley.example',
      }),
  ],
  [
    'somebody is asked for help',
    async (house) => submit(house, 'ana', { verb: 'people.invite', case: CASE, person: PersonId.parse('cai') }),
  ],
]

describe('after team and reporter continue in public', () => {
  it.each(AFTERWARDS)('no letter asks for secrecy: %s', async (_what, follows) => {
    const { people } = policyOf()
    const cai = { id: 'cai', name: 'Cai', roles: ['maintainer' as const], mail: 'cai@quillmark.example' }
    const house = createHouse({ policy: policyOf({ people: [...people, cai] }) })
    const before = await opened(house)
    await follows(house)
    await house.drain()
    const texts = await textsSince(house, before)
    expect(texts.length).toBeGreaterThan(0)
    for (const [subject, text] of texts) for (const asks of ASKS) expect(text, subject).not.toMatch(asks)
  })

  it('a text for another vendor does not ask for secrecy either', async () => {
    const house = createHouse()
    await opened(house)
    const text = (await house.engine.texts.forwardText(CASE, { files: false }))?.replaceAll(/\s+/gu, ' ')
    expect(text).toContain('The problem is being worked on in public')
    for (const asks of ASKS) expect(text).not.toMatch(asks)
  })
})
