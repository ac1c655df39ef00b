/** The most calls in one query. A larger batch would delay other statements. */
const MAX_TOGETHER = 50

type WaitingQuery<In, Out> = {
  readonly asked: In
  readonly resolve: (answer: Out) => void
  readonly reject: (error: unknown) => void
}

/**
 * Combines several calls into one query. All calls that arrive while a query runs share the next query. A query starts
 * only after its calls have arrived, so each call sees everything that was committed before it. If a query fails, all
 * of its calls fail.
 *
 * @param query returns the answers in the order of the inputs
 */
export function batchQuery<In, Out>(
  query: (inputs: readonly In[]) => Promise<readonly Out[]>,
): (input: In) => Promise<Out> {
  const waiting: WaitingQuery<In, Out>[] = []
  let running = false

  async function answer(batch: readonly WaitingQuery<In, Out>[]): Promise<void> {
    try {
      const answers = await query(batch.map(({ asked }) => asked))
      if (answers.length !== batch.length) throw new RangeError(`${batch.length} asked, ${answers.length} answered`)
      for (const [index, each] of answers.entries()) batch[index]?.resolve(each)
    } catch (error) {
      for (const each of batch) each.reject(error)
    }
  }

  async function run(): Promise<void> {
    running = true
    // Waits for other calls of the same turn of the event loop, so they share a query.
    await Promise.resolve()
    while (waiting.length > 0) await answer(waiting.splice(0, MAX_TOGETHER))
    running = false
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked: input, resolve, reject })
      if (!running) void run()
    })
}
