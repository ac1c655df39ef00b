import { policyFor } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** Finds projects in which a reporter who has no OpenPGP key can never be mailed a patch. */
export const reporters: StaticCheck = (whole) =>
  whole.projects
    .filter(({ id }) => policyFor(whole, { project: id }).plaintextToReporter === 'refuse')
    .map(({ name }): PolicyFinding => ({
      rule: 'unmailable-reporter',
      what: `A reporter of ${name} who has no OpenPGP key cannot be mailed a patch to check.`,
      why: 'plaintextToReporter is set to “refuse”, and most reporters have no key to encrypt to.',
      instead: 'Write plaintextToReporter: send. Otherwise somebody on the team has to check each fix.',
    }))
