/**
 * The targets of a publication besides its mails. At `versions`, Embargo puts nothing: it only checks whether the fixed
 * versions are public. The other targets receive documents. `files` is a folder.
 */
export const TARGET_NAMES = ['versions', 'github', 'files', 'cve'] as const
export type TargetName = (typeof TARGET_NAMES)[number]
