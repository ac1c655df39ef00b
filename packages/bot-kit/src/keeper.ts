import { createHmac, randomBytes } from 'node:crypto'
import { BlobId, CaseId } from '@embargo/core'
import type { Action, Commands, Queries } from '@embargo/engine'

/** The key of a stored text; undefined if it is not stored. */
export type KeyFor = (text: string) => string | undefined

/** Stores values of buttons and forms that are too long for the platform, or that the platform must not have. */
export type Keeper = {
  /** Stores the values of a card's buttons. The returned function gives the key of each value. */
  forCard(actions: readonly Action[]): Promise<KeyFor>
  /** Stores a text at once, in memory only, and returns its key. */
  remember(text: string): string
  read(key: string): Promise<string | undefined>
}

/**
 * The platform's limits for buttons, and limits on what is kept in memory. Memory needs limits because anybody on the
 * platform can cause buttons to be made.
 */
export type KeeperOptions = {
  readonly textsMax: number
  readonly charactersMax: number
  /** The values that do not fit into the buttons of a card. */
  tooLong(actions: readonly Action[]): readonly string[]
  /** The case that a text names, if it names one. */
  caseIn(text: string): string | undefined
}

/** Stores the texts of a case. */
export type TextStore = {
  readonly commands: Pick<Commands, 'putBlob'>
  readonly queries: Pick<Queries, 'blobText'>
}

/**
 * Creates a keeper. Values that belong to a case are sealed and stored with the case, so their buttons still work after
 * a restart. Other values are kept in memory.
 */
export function createKeeper(engine: TextStore, { textsMax, charactersMax, tooLong, caseIn }: KeeperOptions): Keeper {
  const texts = new Map<string, string>()
  let characters = 0
  // Without a secret key, a short text could be guessed from the digest in the button.
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
