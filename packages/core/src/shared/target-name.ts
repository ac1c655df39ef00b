/**
 * The targets of a publication besides its mails. At `versions`, it only looks whether the fixed versions are public;
 * the other targets get documents. `files` is a folder.
 */
export const TARGET_NAMES = ['versions', 'github', 'files', 'cve'] as const
export type TargetName = (typeof TARGET_NAMES)[number]
