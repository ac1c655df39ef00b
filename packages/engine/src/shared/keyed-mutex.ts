/** Runs all work on the same key one after the other, in order of arrival. Work on other keys does not have to wait. */
export type KeyedMutex = <T>(thing: string, work: () => Promise<T>) => Promise<T>

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>()
  return async (thing, work) => {
    const before = last.get(thing)
    // A failure of the previous work concerns only the caller of that work.
    const turn = (before ?? Promise.resolve()).then(work, work)
    last.set(thing, turn)
    try {
      return await turn
    } finally {
      if (last.get(thing) === turn) last.delete(thing)
    }
  }
}
