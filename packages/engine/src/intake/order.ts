/** A point that tasks pass one after another, in the order of their turns. */
export type Gate = {
  /** Resolves when every earlier task has passed this point. */
  readonly come: Promise<void>
  pass(): void
}

/**
 * The turn of one task among others that run at the same time. Disposing of a turn makes it pass all gates that it has
 * not passed yet.
 */
export type Turn = Disposable & { readonly read: Gate; readonly place: Gate }

/** Lets tasks run at the same time, but makes them pass each gate in the order in which they took their turns. */
export type Order = { next(): Turn }

export function createOrder(): Order {
  const read = gates()
  const place = gates()
  return {
    next() {
      const turn = { read: read(), place: place() }
      return {
        ...turn,
        [Symbol.dispose]() {
          turn.read.pass()
          turn.place.pass()
        },
      }
    },
  }
}

function gates(): () => Gate {
  let last = Promise.resolve()
  return () => {
    const come = last
    const { promise, resolve: pass } = Promise.withResolvers<void>()
    last = come.then(() => promise)
    return { come, pass }
  }
}
