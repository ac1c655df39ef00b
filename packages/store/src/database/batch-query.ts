/** More at once would make a statement that others wait for. */
const MOST_TOGETHER = 50

type Waiting<In, Out> = {
  readonly asked: In
  readonly resolve: (answer: Out) => void
  readonly reject: (error: unknown) => void
}

/**
 * One query for all that ask while another query is on its way; who asks alone is asked for at once. The query that
 * answers begins after the call, so it sees all that was committed before. One that fails, fails for all of its callers.
 *
 * @param query answers in the order of what was asked
 */
export function batchQuery<In, Out>(
  query: (asked: readonly In[]) => Promise<readonly Out[]>,
): (asked: In) => Promise<Out> {
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
    // What is asked for in this turn of the event loop goes together.
    await Promise.resolve()
    while (waiting.length > 0) await answer(waiting.splice(0, MOST_TOGETHER))
    running = false
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject })
      if (!running) void run()
    })
}
