import { DAY, HOUR, day, instant, later } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import type { Outages } from './outages.ts'

/** Often somebody outside the team looks after the website, so the team needs time to ask them for a new file. */
const WARNED_BEFORE = 30 * DAY

const LOOK_AGAIN_MS = HOUR

/**
 * Warns the team before the security.txt of a project expires, because nobody can rely on an expired one (RFC 9116
 * section 5.3). The team gets one message, as for an outage, and one more when there is a new file.
 */
export function createSecurityTxtExpiry({
  engine,
  outages,
  sleep = realSleep,
}: {
  readonly engine: RunningEngine
  readonly outages: Outages
  readonly sleep?: Sleep
}): { look(): void; run(signal: AbortSignal): Promise<void> } {
  const { deps } = engine

  function look(): void {
    const now = deps.clock.now()
    const ending = deps.policy.policy.projects.flatMap(({ id, securityTxt }) => {
      if (securityTxt?.expires === undefined) return []
      const at = instant(Date.parse(securityTxt.expires))
      return at > later(now, WARNED_BEFORE)
        ? []
        : [
            `The security.txt of ${id} ${at <= now ? 'expired' : 'expires'} on ${day(at)}: put a new one on the website (embargo init security-txt ${id}), and its date into the policy.`,
          ]
    })
    const news = { outside: 'mail', what: 'security-txt', by: 'connection' } as const
    if (ending.length === 0) outages.resolve(news)
    else outages.report({ ...news, why: ending.join(' ') })
  }

  return {
    look,
    async run(signal) {
      while (!signal.aborted) {
        try {
          look()
        } catch (error) {
          deps.log.error('no security.txt could be checked', safeError(error))
        }
        await sleep(LOOK_AGAIN_MS, signal)
      }
    },
  }
}
