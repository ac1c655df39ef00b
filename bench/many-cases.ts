import type { Router } from '@embargo/chat'
import { instant, PersonId } from '@embargo/core'
import { median, timed } from './figure.ts'
import type { Bench, Figure } from './figure.ts'
import { office } from './office.ts'

const FEW = 1000
const MANY = 100_000
const PAGES = 10
const ROUNDS = 40
const WARM_UP = 5
const WANTED_RATIO = 1.3
/** Finding counts all that fit, so it costs more with more cases; nobody should wait for it. */
const WANTED_SEARCH_MS = 500

/** `/status all`, a page at a time: what it costs must not depend on how many cases there are. */
export const manyCasesBench: Bench = {
  name: 'many-cases',
  async measure() {
    await using few = await office(FEW)
    await using many = await office(FEW, { others: MANY - FEW })
    const times = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      // In turns, so that a busy moment of the machine meets both.
      const one = {
        few: await timed(() => allPages(few.router, round)),
        many: await timed(() => allPages(many.router, round)),
      }
      if (round < WARM_UP) continue
      times.few.push(one.few / PAGES)
      times.many.push(one.many / PAGES)
    }
    const value = hundredths(median(times.many))
    const beside = hundredths(median(times.few))
    const ratio = median(times.many) / median(times.few)
    return [
      {
        work: `a page of /status all with ${MANY} cases`,
        value,
        unit: 'ms (median)',
        runs: ROUNDS - WARM_UP,
        target: `at most ${WANTED_RATIO} of that with ${FEW}; it is ${ratio.toFixed(2)}`,
        met: ratio <= WANTED_RATIO,
        beside: { what: `${FEW} cases`, value: beside, unit: 'ms' },
      },
      await search(many.router),
    ]
  },
}

async function search(router: Router): Promise<Figure> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const took = await timed(() => ask(router, { verb: 'cases', input: { severity: 'unrated', page: '50' }, round }))
    if (round >= WARM_UP) times.push(took)
  }
  const value = hundredths(median(times))
  return {
    work: `/cases by severity among ${MANY} cases, counted, page 50`,
    value,
    unit: 'ms (median)',
    runs: ROUNDS - WARM_UP,
    target: `at most ${WANTED_SEARCH_MS} ms`,
    met: value <= WANTED_SEARCH_MS,
  }
}

const hundredths = (value: number): number => Math.round(value * 100) / 100

async function allPages(router: Router, round: number): Promise<void> {
  for (let page = 1; page <= PAGES; page += 1) {
    await ask(router, { verb: 'status', input: { which: 'all', page: String(page) }, round })
  }
}

type Asked = { readonly verb: string; readonly input: Readonly<Record<string, string>>; readonly round: number }

async function ask(router: Router, { verb, input, round }: Asked): Promise<void> {
  const reply = await router.handle({
    verb,
    input,
    actor: { kind: 'person', person: PersonId.parse('ana'), platform: 'terminal', account: 'ana' },
    place: { platform: 'terminal', private: true },
    deliveryId: `${verb}-${round}-${input['page'] ?? ''}`,
    at: instant(Date.now()),
  })
  if (!('card' in reply) || reply.card.lines.length < PAGES) throw new Error('The page does not show its cases.')
}
