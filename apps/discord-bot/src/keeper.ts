import { BlobId, CaseId } from '@embargo/core'
import type { Action, Engine } from '@embargo/engine'
import { toKeep } from './render/button.ts'
import type { KeyFor } from './render/custom-id.ts'
import { hashKey, readCarried } from './render/custom-id.ts'

/** How many are held in memory: most are a few hundred characters, and what belongs to a case is in the store too. */
const REMEMBERED = 2000
/** A form’s text may be long, and anybody in the server can send some in. */
const CHARACTERS_REMEMBERED = 4_000_000

/** Keeps what buttons and forms carry and Discord has no room for. */
export type Keeper = {
  /** Keeps what the buttons of a card carry, and gives the key to each. */
  forCard(actions: readonly Action[]): Promise<KeyFor>
  /** Keeps in memory alone, at once: for a form, which is sent in within minutes. */
  remember(text: string): string
  read(key: string): Promise<string | undefined>
}

/** What belongs to a case is sealed in its store: a pinned card outlives the process that posted it. */
export function keeper(engine: Pick<Engine, 'putBlob' | 'blobText'>): Keeper {
  const known = new Map<string, string>()
  let characters = 0
  const forget = (key: string): void => {
    characters -= known.get(key)?.length ?? 0
    known.delete(key)
  }
  const remember = (key: string, text: string): void => {
    forget(key)
    known.set(key, text)
    characters += text.length
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED && characters <= CHARACTERS_REMEMBERED) return
      forget(oldest)
    }
  }
  const keep = async (text: string): Promise<string> => {
    const theCase = CaseId.safeParse(readCarried(text)?.input['case'])
    const key = theCase.success ? (await engine.putBlob(theCase.data, Buffer.from(text))).blob : hash(text)
    remember(key, text)
    return key
  }
  return {
    forCard: async (actions) => {
      const keys = new Map<string, string>()
      for (const text of toKeep(actions)) keys.set(text, await keep(text))
      return (text) => keys.get(text)
    },
    remember: (text) => {
      const key = hash(text)
      remember(key, text)
      return key
    },
    read: async (key) => {
      const held = known.get(key)
      if (held !== undefined || !key.includes('/')) return held
      const blob = BlobId.safeParse(key)
      return blob.success ? engine.blobText(blob.data) : undefined
    },
  }
}

const hash = (text: string): string => hashKey(text) ?? ''
