/**
 * Bytes of a patch. A chat platform passes on files of 10 MiB at most, and a mail with a larger patch would have more
 * than the 20 to 25 MB that mail servers accept, because encryption nearly doubles it.
 */
export const PATCH_BYTES_MAX = 10 * 1024 * 1024

/** What `git format-patch`, `git diff` and `diff -u` write. */
const LOOKS_LIKE_A_PATCH = /^(?:diff |--- |@@ |Index: |From [0-9a-f]{40} )/m

export const isPatch = (text: string): boolean => LOOKS_LIKE_A_PATCH.test(text)
