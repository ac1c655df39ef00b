/**
 * Where a publication puts something other than mails: `versions` is looked at, the others get documents. `files` is a
 * folder.
 */
export const TARGET_NAMES = ['versions', 'github', 'files', 'cve'] as const
export type TargetName = (typeof TARGET_NAMES)[number]
