import type { StaticCheck } from './finding.ts'
import { bySeverity } from './by-severity.ts'

/** Reporters to whom no patch can ever be mailed. */
export const reporters: StaticCheck = (whole) =>
  whole.projects.flatMap((project) =>
    bySeverity(whole, project, ({ plaintextToReporter }) =>
      plaintextToReporter === 'send'
        ? []
        : [
            (cases) => ({
              rule: 'unmailable-reporter',
              what: `No reporter of ${cases} can ever be mailed a patch to check.`,
              why: 'plaintextToReporter is refuse, and Embargo holds no keys yet to encrypt to.',
              instead: 'Write plaintextToReporter: send. Kept as it is, somebody of the team has to check each fix.',
            }),
          ],
    ),
  )
