import { createHmac, randomBytes } from 'node:crypto'
import { BlobId, CaseId } from '@embargo/core'
import type { Action, Commands, Queries } from '@embargo/engine'

/** The key of a text that is kept; undefined when it is not kept. */
export type KeyFor = (text: string) => string | undefined

/** Keeps what buttons and forms carry and the platform has no room for, or must not have. */
export type Keeper = {
  /** Keeps what the buttons of a card carry, and gives the key to each. */
  forCard(actions: readonly Action[]): Promise<KeyFor>
  /** Keeps in memory alone, at once; gives the key. */
  remember(text: string): string
  read(key: string): Promise<string | undefined>
}

/** What a platform says of its buttons, and how much is held in memory: anybody there can have some made. */
export type KeeperOptions = {
  readonly textsMax: number
  readonly charactersMax: number
  /** What the buttons of a card carry that does not fit into them. */
  tooLong(actions: readonly Action[]): readonly string[]
  /** The case that a text names, if it names one. */
  caseIn(text: string): string | undefined
}

/** Where texts of a case are stored. */
export type TextStore = {
  readonly commands: Pick<Commands, 'putBlob'>
  readonly queries: Pick<Queries, 'blobText'>
}

/** What belongs to a case is sealed in its store, so that its button works after a restart; the rest is in memory. */
export function createKeeper(engine: TextStore, { textsMax, charactersMax, tooLong, caseIn }: KeeperOptions): Keeper {
  const texts = new Map<string, string>()
  let characters = 0
  // A plain digest of a short text could be guessed where the button is kept.
  const secret = randomBytes(32)
  const forget = (key: string): void => {
    characters -= texts.get(key)?.length ?? 0
    texts.delete(key)
  }
  const remember = (text: string): string => {
    const key = createHmac('sha256', secret).update(text).digest('hex').slice(0, 32)
    forget(key)
    texts.set(key, text)
    characters += text.length
    for (const oldest of texts.keys()) {
      if (texts.size <= textsMax && characters <= charactersMax) break
      forget(oldest)
    }
    return key
  }
  const keep = async (text: string): Promise<string> => {
    const theCase = CaseId.safeParse(caseIn(text))
    return theCase.success ? (await engine.commands.putBlob(theCase.data, Buffer.from(text))).blob : remember(text)
  }
  return {
    forCard: async (actions) => {
      const keys = new Map<string, string>()
      for (const text of tooLong(actions)) keys.set(text, await keep(text))
      return (text) => keys.get(text)
    },
    remember,
    read: async (key) => {
      const text = texts.get(key)
      if (text !== undefined || !key.includes('/')) return text
      const blob = BlobId.safeParse(key)
      return blob.success ? engine.queries.blobText(blob.data) : undefined
    },
  }
}
