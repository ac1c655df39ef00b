import { createHmac, randomBytes } from 'node:crypto'
import { BlobId, CaseId } from '@embargo/core'
import type { Action, Engine } from '@embargo/engine'
import type { KeyFor } from './render/button.ts'
import { readCarried, tooLong } from './render/button.ts'

/** How many of no case are held in memory, and how many characters: anybody in the workspace can have some made. */
const REMEMBERED = 500
const CHARACTERS_REMEMBERED = 1_000_000

/** Keeps what buttons carry and Slack has no room for, or must not have. */
export type Keeper = {
  /** Keeps what the buttons of a card carry, and gives the key to each. */
  forCard(actions: readonly Action[]): Promise<KeyFor>
  /** Keeps in memory alone, at once; gives the key. */
  remember(text: string): string
  read(key: string): Promise<string | undefined>
}

/** What belongs to a case is sealed in its store, so that its button works after a restart; anything else is remembered. */
export function keeper(engine: Pick<Engine, 'putBlob' | 'blobText'>): Keeper {
  const remembered = new Map<string, string>()
  // A plain digest of a short text could be guessed where the button is kept.
  const secret = randomBytes(32)
  const remember = (text: string): string => {
    const key = createHmac('sha256', secret).update(text).digest('hex').slice(0, 32)
    remembered.delete(key)
    remembered.set(key, text)
    let characters = [...remembered.values()].reduce((sum, { length }) => sum + length, 0)
    for (const [oldest, { length }] of remembered) {
      if (remembered.size <= REMEMBERED && characters <= CHARACTERS_REMEMBERED) break
      remembered.delete(oldest)
      characters -= length
    }
    return key
  }
  const keep = async (text: string): Promise<string> => {
    const theCase = CaseId.safeParse(readCarried(text)?.input['case'])
    return theCase.success ? (await engine.putBlob(theCase.data, Buffer.from(text))).blob : remember(text)
  }
  return {
    forCard: async (actions) => {
      const keys = new Map<string, string>()
      for (const text of actions.flatMap((action) => tooLong(action) ?? [])) keys.set(text, await keep(text))
      return (text) => keys.get(text)
    },
    remember,
    read: async (key) => {
      const held = remembered.get(key)
      if (held !== undefined || !key.includes('/')) return held
      const blob = BlobId.safeParse(key)
      return blob.success ? engine.blobText(blob.data) : undefined
    },
  }
}
