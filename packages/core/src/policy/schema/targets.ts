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
    'The advisory and its records as files in the folder that `EMBARGO_PUBLISH_FOLDER` names. If left out: `prepare` if `publisher.records` is set, otherwise `off`.',
  ),
  cve: TargetMode.optional().describe(
    'The CVE record, if `cve` is `own`. Always `off` if neither `packages` nor `repository` is set. `publish` needs `vendor`. It also needs `github` or `files` not to be `off`, because a CVE record must not be the first publication.',
  ),
})
export type Targets = z.infer<typeof Targets>
