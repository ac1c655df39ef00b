/**
 * The size limit of a patch, in bytes. Chat platforms take files of at most 10 MiB. Encryption nearly doubles the size
 * of a mail, and mail servers accept only 20 to 25 MB.
 */
export const PATCH_BYTES_MAX = 10 * 1024 * 1024

/** Matches the first line of what `git format-patch`, `git diff` and `diff -u` write. */
const LOOKS_LIKE_A_PATCH = /^(?:diff |--- |@@ |Index: |From [0-9a-f]{40} )/m

export const isPatch = (text: string): boolean => LOOKS_LIKE_A_PATCH.test(text)
