/**
 * Where a publication goes besides its mails. `versions`: Embargo only checks whether the fixed versions are public;
 * the other targets receive documents. `files`: a folder.
 */
export const TARGET_NAMES = ['versions', 'github', 'files', 'cve'] as const
export type TargetName = (typeof TARGET_NAMES)[number]
