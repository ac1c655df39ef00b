import { ConfigError } from '@embargo/config'
import type { Config, Problem } from '@embargo/config'
import type { Instant, Policy } from '@embargo/core'
import { pinKeys } from '@embargo/engine'
import type { Log, PinnedKeyProblem } from '@embargo/engine'

/**
 * The policy with the OpenPGP keys that it pins. An expired key does not prevent the start: mails that need it wait,
 * and the log says so.
 *
 * @throws ConfigError `invalid-configuration` with every key that can never be used
 */
export async function pinnedPolicy(
  { policy: { policy }, policyFile }: Pick<Config, 'policy' | 'policyFile'>,
  at: Instant,
  log: Pick<Log, 'warn'>,
): Promise<Policy> {
  const { policy: pinned, problems } = await pinKeys(policy, at)
  const wrong = problems.filter(({ expired }) => expired !== true)
  if (wrong.length > 0)
    throw new ConfigError(
      'invalid-configuration',
      wrong.map((problem) => inPolicy(problem, policyFile)),
    )
  for (const { of } of problems) log.warn('a key in the policy has expired, and mails to its owner wait', { of })
  return pinned
}

const inPolicy = ({ of, because, instead }: PinnedKeyProblem, file = 'policy'): Problem => ({
  at: { is: 'path', path: `${file}, ${of}, key` },
  because,
  instead,
})
