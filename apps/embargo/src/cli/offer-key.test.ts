import { describe, expect, it } from 'vitest'
import type { CliContext } from './context.ts'
import { offerKey } from './offer-key.ts'

/** Offers a key in a terminal. `keys`: the keys that the program has; undefined if no program has run yet. */
async function offered(keys: readonly string[] | undefined, { interactive = true } = {}) {
  const said: string[] = []
  const questions: string[] = []
  const context: CliContext = {
    output: { out: (text) => said.push(text), err: (text) => said.push(text), colour: false, interactive },
    ask: async () => {
      if (keys === undefined) throw new Error('Nothing has run yet.')
      return keys
    },
    config: () => {
      throw new Error('not needed')
    },
    nobody: async () => undefined,
    waits: () => false,
  }
  await offerKey(context, async (question) => {
    questions.push(question)
    return false
  })
  return { said, questions }
}

describe('a set-up of a platform', () => {
  it('asks whether to make a key if no project has one', async () => {
    const { said, questions } = await offered([])
    expect(questions).toEqual(['Make an OpenPGP key, so that reporters can write encrypted'])
    expect(said).toEqual([expect.stringContaining('embargo keys create')])
  })

  it('only names the command before the first start', async () => {
    const { said, questions } = await offered(undefined)
    expect(questions).toEqual([])
    expect(said).toEqual([expect.stringContaining('embargo keys create')])
  })

  it.each([
    ['if there is a key', ['a key'], {}],
    ['in a script', [], { interactive: false }],
  ])('asks nothing %s', async (_, keys, change) => {
    expect(await offered(keys, change)).toEqual({ said: [], questions: [] })
  })
})
