/** A larger batch would keep other statements waiting. */
const MAX_TOGETHER = 50

type Waiting<In, Out> = {
  readonly asked: In
  readonly resolve: (answer: Out) => void
  readonly reject: (error: unknown) => void
}

/**
 * Collects all calls that arrive while a query runs into the next query; a lone call is queried at once. The query begins
 * after the call, so it sees everything committed before. If it fails, it fails for all of its callers.
 *
 * @param query answers in the order of what was asked
 */
export function batchQuery<In, Out>(
  query: (inputs: readonly In[]) => Promise<readonly Out[]>,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = []
  let running = false

  async function answer(batch: readonly Waiting<In, Out>[]): Promise<void> {
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
    // Calls of one turn of the event loop share a query.
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
