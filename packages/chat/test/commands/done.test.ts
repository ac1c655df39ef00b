import { EventId, Sha256, worldOf } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'
import { untilPublishing } from '../fixtures/until-publishing.ts'

const DIGEST = Sha256.parse('d'.repeat(64))

const textFor = async (step: string) => cardOf(await new SmallHouse().opens().asks(ana, 'done', { what: step })).quote

const LINK = 'https://quillmark.example/by-hand'

describe('a step of the publication that a person names', () => {
  it.each([
    ['done', `github-advisory ${LINK}`, { verb: 'done.step', step: 'github-advisory', link: LINK }],
    ['done', `announce-mail ${LINK}`, { verb: 'done.step', step: 'announce-mail', link: LINK }],
    ['settle', 'github-advisory again', { verb: 'settle.step', step: 'github-advisory', outcome: 'again' }],
    [
      'settle',
      'file-tree withdrawn the server is down',
      { verb: 'settle.step', step: 'file-tree', outcome: 'withdrawn', reason: 'the server is down' },
    ],
  ])('is settled by /%s %s', async (verb, typed, request) => {
    const house = new SmallHouse().opens()
    await house.asks(ana, verb, typed)
    expect(house.asked.at(-1)?.request).toEqual({ ...request, case: CASE })
  })

  it.each([
    ['settle', 'file-tree went', 'Give the link where it can be seen: done file-tree https://…'],
    ['settle', 'file-tree withdrawn', 'Say why the step is left out.'],
    ['done', 'file-tree yesterday', 'Give the link where it can be seen: https://…'],
  ])('is not settled by /%s %s, and the answer says what is missing', async (verb, typed, lacking) => {
    const house = new SmallHouse().opens()
    const before = house.asked.length
    expect(JSON.stringify(await house.asks(ana, verb, typed))).toContain(lacking)
    expect(house.asked).toHaveLength(before)
  })
})

describe('the text of a step that a person does', () => {
  it('is handed out as it is, to be pasted', async () => {
    expect(await textFor('file-tree')).toEqual({ label: 'Text', text: `${CASE} as markdown\n`, verbatim: true })
  })

  it('has every format that can be written, or says what is missing', async () => {
    expect((await textFor('records'))?.text).toBe(`${CASE} as osv\n`)
    expect((await textFor('cve-record'))?.text).toContain('It cannot be written yet.')
  })
})

/** A publication that has begun and that waits for a person to say where the fixed versions are. */
async function publishing(): Promise<SmallHouse> {
  const { policy, states, now } = await untilPublishing()
  const { release } = worldOf(CASE, states)
  if (release === undefined) throw new Error('no release')
  const begun = { begunAt: now, begunBy: EventId.parse('slack:d1:1') }
  const documents = [{ step: 'fixed-versions', case: CASE, mode: 'prepare', words: DIGEST, policy: DIGEST }] as const
  const waits = { ...release, documents, deliveries: [], steps: [{ step: 'fixed-versions', ...begun }] } as const
  return new SmallHouse({ policy: policy.policy, from: { states: new Map(states).set(release.id, waits), now } })
}

describe('the link of the fixed versions', () => {
  const LINK = 'https://quillmark.example/4.3'
  const records = async (missing: Awaited<ReturnType<SmallHouse['missingVersions']>>, link = LINK) => {
    const house = await publishing()
    const lookedAt: string[] = []
    house.missingVersions = async (_case, one) => {
      lookedAt.push(one)
      return missing
    }
    const { fallback } = cardOf(await house.asks(ana, 'done', `fixed-versions ${link}`))
    const { deliveries } = worldOf(CASE, house.states).release ?? {}
    return { fallback, isRecorded: deliveries?.length === 1, lookedAt }
  }

  it('is recorded if the versions were seen, or if nobody can look for them', async () => {
    expect(await records({ versions: [] })).toMatchObject({
      isRecorded: true,
      lookedAt: [LINK],
      fallback: expect.stringContaining('Recorded: the fixed versions are public'),
    })
    expect(await records(undefined)).toMatchObject({
      isRecorded: true,
      fallback: expect.stringContaining('Recorded on your word, because Embargo cannot check it'),
    })
  })

  it('is not recorded while a version is missing, and the answer says what to do', async () => {
    const because = 'The page of the version answers 404.'
    const { fallback, isRecorded } = await records({ versions: ['npm quillmark 4.3'], because })
    expect(isRecorded).toBe(false)
    expect(fallback).toContain(`Embargo has just looked, and this is not public yet: npm quillmark 4.3. ${because}`)
    expect(fallback).toContain('/cvd settle fixed-versions withdrawn <why>')
  })

  it('to a foreign host is refused, and nothing is looked for', async () => {
    const { isRecorded, lookedAt } = await records({ versions: ['npm quillmark 4.3'] }, 'https://evil.example/4.3')
    expect([isRecorded, lookedAt]).toEqual([false, []])
  })
})
