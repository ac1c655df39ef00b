import { policyFor } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** Reporters to whom no patch can ever be mailed. */
export const reporters: StaticCheck = (whole) =>
  whole.projects
    .filter(({ id }) => policyFor(whole, { project: id }).plaintextToReporter === 'refuse')
    .map(({ name }): PolicyFinding => ({
      rule: 'unmailable-reporter',
      what: `No reporter of ${name} can ever be mailed a patch to check.`,
      why: 'plaintextToReporter is refuse, and Embargo holds no keys yet to encrypt to.',
      instead: 'Write plaintextToReporter: send. Kept as it is, somebody of the team has to check each fix.',
    }))
