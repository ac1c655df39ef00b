/**
 * Where a publication goes besides its mails. For `versions`, Embargo only checks whether the fixed versions are
 * public; the other targets receive documents. `files` is a folder.
 */
export const TARGET_NAMES = ['versions', 'github', 'files', 'cve'] as const
export type TargetName = (typeof TARGET_NAMES)[number]
