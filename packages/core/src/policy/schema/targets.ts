import { z } from 'zod'

/** What Embargo does at a target. */
export const TargetMode = z.enum(['off', 'prepare', 'publish'])
export type TargetMode = z.infer<typeof TargetMode>

/**
 * The targets of a publication. The mails of a publication are not among them. If the mode of a target is left out, the
 * mode follows from the other settings of the project.
 */
export const Targets = z.strictObject({
  versions: TargetMode.optional().describe(
    'Whether the fixed versions are public. `prepare`: a person checks. `publish`: Embargo checks. `off` without `packages`.',
  ),
  github: TargetMode.optional().describe('The advisory at GitHub. `off` if `repository` is not at GitHub.'),
  files: TargetMode.optional().describe(
    'The advisory and its records as files in the folder of `EMBARGO_PUBLISH_FOLDER`. `off` if neither this setting nor `publisher.records` is set.',
  ),
  cve: TargetMode.optional().describe(
    'The CVE record, if `cve` is `own`. `off` without `packages` and `repository`. `publish` needs `vendor`, and an advisory at GitHub or files before it.',
  ),
})
export type Targets = z.infer<typeof Targets>
